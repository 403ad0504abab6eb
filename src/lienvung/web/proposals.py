"""How a submission's unknown tables are read: proposed, corrected, tried, confirmed and remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from lienvung.errors import HTTP_STATUSES, BadValue, LayoutNotRecognised, LienVungError
from lienvung.gate import needs
from lienvung.present.proposals import Field, TableCard, build_table, count_open, general_fields, tell_open, tell_tried
from lienvung.present.texts import Texts
from lienvung.present.wording import ASK, SKIP, Wording, answer_of
from lienvung.web.answers import lang_of, send_page, world_of
from lienvung.web.links import Links
from lienvung.web.office import PRIVATE, Opened, attached, done, office_context, open_submission
from lienvung.workflow.actors import Right

router = APIRouter()
MOST_ANSWERS = 200_000
"""Characters of the decisions so far that a form carries."""
DRIFTED = ("TABLE-DRIFT", "TABLE-MISSING", "TABLE-MOVED")


@dataclass(frozen=True)
class Desk:
    """The proposal as it stands with the decisions so far, and the table that is looked at."""

    suggested: Any
    answers: dict[str, str]
    words: Wording
    general: tuple[Field, ...]
    card: TableCard | None


@router.get("/vi/ho-so/{number}/cong-thuc", name="recipe-vi", dependencies=[needs(Right.KEEP_RECIPES)])
@router.get("/en/submissions/{number}/recipe", name="recipe-en", dependencies=[needs(Right.KEEP_RECIPES)])
def show_proposal(request: Request, number: str) -> Response:
    """The proposal as the file itself suggests it."""
    opened = _open(request, number)
    return _page(request, opened, {}, _table(request.query_params.get("bang", "1")))


def _table(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _open(request: Request, number: str) -> Opened:
    opened = open_submission(request, number)
    opened.actor.require(Right.KEEP_RECIPES, opened.found.agency)
    return opened


@router.post("/vi/ho-so/{number}/cong-thuc", name="answer-recipe-vi", dependencies=[needs(Right.KEEP_RECIPES)])
@router.post("/en/submissions/{number}/recipe", name="answer-recipe-en", dependencies=[needs(Right.KEEP_RECIPES)])
async def answer(request: Request, number: str) -> Response:
    """Take decisions in: show what they give, or keep the recipe and read the file by it."""
    form = await request.form(max_fields=2000)
    return await run_in_threadpool(_answered, request, number, form)


def _answered(request: Request, number: str, form: FormData) -> Response:
    opened, lang = _open(request, number), lang_of(request)
    at = _table(str(form.get("bang", "1")))
    before = _read_answers(str(form.get("tra_loi", "")))
    try:
        answers = before | _changed(opened, form, before, at, lang, world_of(request).catalogue)
        wanted = str(form.get("viec", ""))
        if wanted.startswith("bang:"):
            at = _table(wanted.removeprefix("bang:"))
        elif wanted == "nho":
            suggested = opened.works.suggest(number, answers, opened.actor)
            if waiting := suggested.proposal.open:
                refused = tell_open(waiting, lang)
                return _page(request, opened, answers, at, refused=refused, status=422)
            opened.works.confirm_recipe(number, suggested, opened.actor)
            return done(Links(lang).grid(opened.found.id), "kept")
    except LienVungError as error:
        known = before if isinstance(error, BadValue) else answers
        refused = {"said": error.message(lang), "todo": error.suggestion(lang)}
        return _page(request, opened, known, at, refused=refused, status=HTTP_STATUSES[type(error)])
    return _page(request, opened, answers, at, is_tried=form.get("viec") == "thu")


def _read_answers(text: str) -> dict[str, str]:
    """The decisions that the form carried; a spoilt field is none."""
    try:
        found = json.loads(text[:MOST_ANSWERS]) if text else {}
    except ValueError:
        return {}
    return {str(k)[:400]: str(v)[:400] for k, v in found.items()} if isinstance(found, dict) else {}


def _changed(
    opened: Opened, form: FormData, before: dict[str, str], at: int, lang: str, catalogue: Any  # noqa: ANN401
) -> dict[str, str]:  # fmt: skip
    """The fields that a person changed, or confirmed where a choice was open.

    Raises:
        BadValue: a text that is neither in the list of suggestions nor a code.
    """
    desk = _desk(opened, before, at, lang, catalogue)
    fields = {f.path: f for f in (*desk.general, *((*desk.card.fields, *desk.card.extras) if desk.card else ()))}
    found: dict[str, str] = {}
    for path, field in fields.items():
        said = form.get(field.name)
        if said is None:
            continue
        unit = form.get(f"u:{path}")
        own = desk.words.say("unit", field.unit) if field.unit else ""
        is_same = str(said).strip() == field.value and (unit is None or str(unit).strip() == own)
        is_blank = not str(said).strip() and field.level in ("open", "none")
        if is_blank or (is_same and field.level != "open"):
            continue
        found[path] = _answer(desk.words, field, str(said), str(unit or ""), lang)
    if desk.card:
        skip = f"{desk.card.number}.skip"
        if bool(form.get(f"d:{skip}")) and not desk.card.is_skipped:
            found[skip] = "true"
        elif not form.get(f"d:{skip}") and desk.card.is_skipped:
            before.pop(skip, None)
    name = str(form.get("d:id", "")).strip()
    return found | ({"id": name} if name and name != desk.suggested.proposal.recipe.id else {})


def _answer(words: Wording, field: Field, said: str, unit: str, lang: str) -> str:
    if field.kind != "search":
        return said.strip()
    code = words.read(field.options, said)
    bare = code.partition(":")[2] or code
    if not words.knows(field.options, code) and code not in (ASK, SKIP, ""):
        raise BadValue(value=said[:80], name=field.label, choices=Texts(lang)("prop_unknown_code", text=bare[:80]))
    if field.unit is None:
        return code
    own = words.read("unit", unit) if unit.strip() else ""
    if own and not words.knows("unit", own):
        raise BadValue(value=unit[:80], name=field.label, choices=Texts(lang)("prop_unknown_code", text=unit[:80]))
    return answer_of(code, own)


def _desk(opened: Opened, answers: Mapping[str, str], at: int, lang: str, catalogue: Any) -> Desk:  # noqa: ANN401
    suggested = opened.works.suggest(opened.found.id, answers, opened.actor)
    proposal = suggested.proposal
    words = Wording(catalogue, lang, proposal.recipe.boundary)
    sheets, _ = opened.works.look_at(opened.found.id, opened.actor)
    entries = proposal.recipe.layout["tables"]
    shape = suggested.shapes[min(max(at, 1), len(suggested.shapes)) - 1]
    card = build_table(shape, entries[shape.number - 1], proposal.decisions, sheets, words, lang)
    general = general_fields(proposal.recipe, proposal.decisions, words, lang, opened.found.agency)
    return Desk(suggested, dict(answers), words, general, card)


def _page(
    request: Request, opened: Opened, answers: dict[str, str], at: int, *, refused: dict[str, str] | None = None,
    status: int = 200, is_tried: bool = False,
) -> Response:  # fmt: skip
    lang, catalogue = lang_of(request), world_of(request).catalogue
    context: dict[str, Any] = {
        "view": opened.view, "refused": refused, "drift": _drift(opened, lang), "mend": opened.found.recipe,
        "cards": (), **office_context(request),
    }  # fmt: skip
    try:
        desk = _desk(opened, answers, at, lang, catalogue)
    except LayoutNotRecognised:
        return send_page(request, "proposal.html", None, status, **context)
    proposal = desk.suggested.proposal
    tried = None
    if is_tried:
        try:
            tried = tell_tried(opened.works.try_recipe(opened.found.id, desk.suggested, opened.actor), catalogue, lang)
        except LienVungError as error:
            context["refused"] = {"said": error.message(lang), "todo": error.suggestion(lang)}
    toc = [
        (s.number, s.title or s.sheet, count_open(proposal.decisions, s.number), bool(e.get("skip")))
        for s, e in zip(desk.suggested.shapes, proposal.recipe.layout["tables"], strict=True)
    ]
    return send_page(
        request, "proposal.html", None, status, **context | {
            "cards": desk.suggested.shapes, "card": desk.card, "toc": toc, "general": desk.general, "words": desk.words,
            "open": len(proposal.open), "answers": json.dumps(answers, ensure_ascii=False), "tried": tried,
            "recipe_id": proposal.recipe.id,
        },
    )  # fmt: skip


def _drift(opened: Opened, lang: str) -> list[str]:
    """What a kept recipe no longer finds in the file."""
    kept = opened.found.report.get("findings")
    found = [f for f in kept if f["rule"] in DRIFTED] if isinstance(kept, list) else []
    return [str(f[f"message_{lang}"]) for f in found[:50]]


@router.get("/vi/ho-so/{number}/cong-thuc.yaml", name="yaml-vi", dependencies=[needs(Right.KEEP_RECIPES)])
@router.get("/en/submissions/{number}/recipe.yaml", name="yaml-en", dependencies=[needs(Right.KEEP_RECIPES)])
def send_yaml(request: Request, number: str) -> Response:
    """The proposed recipe as a file, with its decisions as comments."""
    opened = _open(request, number)
    proposal = opened.works.suggest(number, {}, opened.actor).proposal
    headers = {**PRIVATE, **attached(f"{proposal.recipe.id}.yaml")}
    return Response(proposal.as_yaml(), media_type="application/yaml", headers=headers)
