"""What every page of the office works with: who asks, what they may do, the submission, the way back after a step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from lienvung.domain.agencies import Agency
from lienvung.errors import Both, FileTooLarge
from lienvung.gate import actor_of
from lienvung.pipeline import Works
from lienvung.present.numbers import VIETNAM
from lienvung.present.submissions import SubmissionView, view_submission
from lienvung.present.texts import Texts
from lienvung.web.answers import lang_of, world_of
from lienvung.web.links import Links
from lienvung.workflow.actors import ROLE_RIGHTS, Actor, Right
from lienvung.workflow.submissions import (
    APPROVED,
    CHECKED,
    IN_WORK,
    PUBLISHED,
    RETURNED,
    SCHEDULED,
    SUBMITTED,
    SUPERSEDED,
    Submission,
)

PRIVATE = {"Cache-Control": "private, no-store"}
_CHUNK = 2**20
DONE = "xong"
"""The parameter that says which step was just taken."""


def works_of(request: Request) -> Works:
    """The making half behind this request."""
    world = world_of(request)
    works: Works | None = getattr(request.app.state, "works", None)
    if works is None:
        works = request.app.state.works = Works(world.settings, world.catalogue)
    return works


@dataclass(frozen=True)
class May:
    """What this person may do with a submission as it stands."""

    in_work: bool = False
    hand_in: bool = False
    replace: bool = False
    discard: bool = False
    accept: bool = False
    comment: bool = False
    cover: bool = False
    keep_recipe: bool = False
    approve: bool = False
    send_back: bool = False
    publish: bool = False
    unschedule: bool = False
    withdraw: bool = False
    reconcile: bool = False
    own: bool = False

    @property
    def any(self) -> bool:
        """Whether any step that moves the submission on is open."""
        return any((self.in_work, self.approve, self.send_back, self.publish, self.unschedule, self.withdraw))


def may_of(actor: Actor, found: Submission) -> May:
    """The steps that are open to someone; the office itself asks again when the step is taken."""
    state, agency, areas = found.state, found.agency, found.areas
    submits = actor.has_right(Right.SUBMIT, agency)
    in_work = submits and state in IN_WORK
    decides = actor.has_right(Right.DECIDE, agency, areas)
    publishes = actor.has_right(Right.PUBLISH, agency, areas)
    own = actor.login in (found.created_by, found.submitted_by)
    return May(
        in_work=in_work, hand_in=in_work and state in (CHECKED, RETURNED) and not found.errors, replace=in_work,
        discard=in_work, accept=submits and state in (CHECKED, RETURNED, SUBMITTED), cover=in_work,
        comment=actor.has_right(Right.COMMENT, agency),
        keep_recipe=in_work and actor.has_right(Right.KEEP_RECIPES, agency),
        approve=decides and state == SUBMITTED and not own, send_back=decides and state in (SUBMITTED, APPROVED),
        publish=publishes and state == APPROVED, unschedule=publishes and state == SCHEDULED,
        withdraw=publishes and state in (PUBLISHED, SUPERSEDED),
        reconcile=actor.has_right(Right.RECONCILE),
        own=own and state == SUBMITTED and decides,
    )  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A submission as a page works with it."""

    found: Submission
    view: SubmissionView
    may: May
    actor: Actor
    works: Works


def open_submission(request: Request, number: str) -> Opened:
    """The submission of an address.

    Raises:
        UnknownSubmission: there is none that this person may see.
    """
    works, actor = works_of(request), actor_of(request)
    found = works.find_submission(number, actor)
    recipe = works.recipes.get(found.recipe)
    is_open = "unread" in found.report or (recipe is not None and recipe.reader == "table")
    may = may_of(actor, found)
    view = view_submission(found, agency_namer(request), lang_of(request), is_open and may.keep_recipe)
    return Opened(found, view, may, actor, works)


def office_context(request: Request) -> dict[str, Any]:
    """What the pages of the office share: the words for a step that was just taken."""
    key = f"done_{request.query_params.get(DONE, '')}"
    try:
        notice = Texts(lang_of(request))(key)
    except KeyError:
        notice = ""
    return {"notice": notice}


def done(address: str, step: str) -> Response:
    """On to a page after a step was taken."""
    head, mark, anchor = address.partition("#")
    joined = "&" if "?" in head else "?"
    return RedirectResponse(head + joined + urlencode({DONE: step}) + mark + anchor, 303, PRIVATE)


def way_back(request: Request, number: str, wanted: str) -> str:
    """The page that a step was taken from, if it is one of this submission's; else its grid."""
    grid = Links(lang_of(request)).grid(number)
    return wanted if wanted == grid or wanted.startswith((f"{grid}?", f"{grid}#")) else grid


def agency_namer(request: Request) -> Callable[[str], str]:
    """Names an agency by its code, be it one that hands in or one that publishes."""
    catalogue, lang = world_of(request).catalogue, lang_of(request)

    def name(code: str) -> str:
        found = catalogue.agencies.get(code) or catalogue.issuers.get(code)
        return found.name(lang) if found else code

    return name


def today() -> date:
    """The day in Việt Nam."""
    return datetime.now(VIETNAM).date()


def agencies_of(request: Request, right: Right) -> list[tuple[str, str]]:
    """The agencies that this person may act for, those that exist now: code and name."""
    actor, lang, named = actor_of(request), lang_of(request), agency_namer(request)
    listed: dict[str, Agency] = world_of(request).catalogue.agencies
    granted = {g.agency for g in actor.grants if right in ROLE_RIGHTS[g.role]}
    if "" not in granted:
        return [(code, named(code)) for code in sorted(granted)]
    current = [a for a in listed.values() if a.valid_from <= today() < a.valid_to]
    return sorted(((a.code, a.name(lang)) for a in current), key=lambda pair: pair[1])


@contextmanager
def saved_upload(upload: UploadFile, most: int) -> Iterator[Path]:
    """The sent bytes in a file of their own while they are looked at.

    Raises:
        FileTooLarge: they are more than is taken.
    """
    with TemporaryDirectory(prefix="lienvung-") as folder:
        path, size = Path(folder) / _file_name(upload), 0
        with path.open("wb") as out:
            while chunk := upload.file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    limit = f"{most / 2**20:.0f} MB"
                    raise FileTooLarge(file=upload.filename or "?", size=Both(f"trên {limit}", f"over {limit}"),
                                       limit=limit)  # fmt: skip
                out.write(chunk)
        yield path


def _file_name(upload: UploadFile) -> str:
    """The sender's name for a file, as a disk takes it: no folders, nothing that a screen cannot show."""
    bare = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in bare if c.isprintable()).strip(" .")[:60] or "?"


def is_sent(upload: UploadFile | None) -> bool:
    """Whether a file was chosen in a form's field."""
    return upload is not None and bool(upload.filename)


def attached(name: str) -> dict[str, str]:
    """Headers of a download: kept under its name, never opened as a page."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
