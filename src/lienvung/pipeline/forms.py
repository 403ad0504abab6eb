"""The way back out: a form of any layout that a recipe reads is filled with what is published."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.clocks import last_day
from lienvung.domain.forms import (
    FilledForm,
    FormOffer,
    RewrittenHeading,
)
from lienvung.domain.handovers import Question, RawFile, Rows
from lienvung.domain.observations import KEY
from lienvung.domain.periods import Period
from lienvung.errors import BadPeriod, Both, FileTooLarge, LayoutNotRecognised, NotSupported
from lienvung.parse.dispatch import BOOKS, parse_file
from lienvung.parse.forms import parse_form
from lienvung.pipeline.bench import Bench
from lienvung.pipeline.form_filling import Filling, Slot, Wish, decide_cells, fill_twins, find_stale, verify_cells
from lienvung.present.forms import Figure, Layout, open_layout
from lienvung.present.forms.copied import SheetValues
from lienvung.present.forms.headings import carry_headings
from lienvung.present.forms.places import Place, address, place_of
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader
from lienvung.query.series import find_series
from lienvung.source import fetch_file
from lienvung.source.files import fetch_bytes
from lienvung.validate.draft import build_draft
from lienvung.workflow.actors import Actor

MOST_FIGURES = 300_000
"""A form with more figures is no form; data of that size is exported as it is."""
_TURNS = 3
"""How often a form is read again: a figure printed twice is seen only once its first place has changed."""
_TOO_BARE = Both("biểu gần như trống nên công thức chưa nhận ra khi đọc lại; số điền vào chưa được kiểm tra lại",
                 "with so few figures the recipe does not recognise the form, so it was not read back")  # fmt: skip


@dataclass(frozen=True)
class FormDesk(Bench):
    """Fills forms."""

    def fill_form(
        self,
        form: Path | str,
        by: Actor,
        *,
        name: str | None = None,
        recipe: str | None = None,
        period: str | None = None,
        areas: Sequence[str] = (),
        published: str | None = None,
        issuer: str | None = None,
        keep: bool = False,
    ) -> FilledForm:
        """A form with the published figures in its cells, in its own units and signs; nothing is kept here.

        Args:
            form: a file, or the number of a submission (``S12``) whose file is the form; only ``by`` who may see it
                gets it. name: what the sender called the file.
            recipe: the one that reads it; else the submission's, else the one that recognises it.
            period: carry the form to this one (``2024``), headings included. areas: fill only these.
            published: as known by that day. issuer: whose figures, if not the recipe's own.
            keep: leave the form's own figure where nothing is published; else it is taken out.

        Raises:
            SourceError, ParseError: the form cannot be read. UnknownSubmission. StoreMissing: nothing is published.
            NotSupported: an SDMX message, or a period that its headings cannot be carried to. BadPeriod, BadDate.
        """
        self._require_store()
        with tempfile.TemporaryDirectory() as folder:
            raw, recipe = self._form_file(form, by, name, recipe, Path(folder))
            rows = parse_file(raw, self.recipes, recipe)
            _refuse(raw, rows)
            if rows.table.num_rows > MOST_FIGURES:
                raise FileTooLarge(file=raw.name, size=f"{rows.table.num_rows:,} ô/cells", limit=f"{MOST_FIGURES:,}")
            day = last_day(published) if published else None
            wish = Wish(rows.recipe, issuer, self._area_keys(areas), day, keep)
            layout, rewritten = _open(raw, rows), list[RewrittenHeading]()
            first = raw
            if period:
                raw, rows, layout, rewritten = self._carry(raw, rows, layout, wish, period, Path(folder))
                wish = replace(wish, is_carried=bool(rewritten))
            return self._fill(first, raw, rows, layout, wish, rewritten, Path(folder))

    def _form_file(
        self, form: Path | str, by: Actor, name: str | None, recipe: str | None, folder: Path
    ) -> tuple[RawFile, str | None]:
        if isinstance(form, Path):
            raw = fetch_file(form, folder)
            return (fetch_bytes(name, raw.path.read_bytes(), folder) if name else raw), recipe
        found = self.find_submission(form, by)
        data = (self.settings.files / found.file_sha256).read_bytes()
        own = found.recipe if found.recipe in self.recipes else None
        return fetch_bytes(found.file_name, data, folder), recipe or own

    def _area_keys(self, areas: Sequence[str]) -> frozenset[str]:
        places = self.catalogue.gazetteer
        found: set[AreaKey] = set()
        for text in areas:
            key = places.resolve_asked(text, None, None)
            found |= {key, *places.same_territory(key)}
        return frozenset(map(str, found))

    def _carry(
        self, raw: RawFile, rows: Rows, layout: Layout, wish: Wish, period: str, folder: Path
    ) -> tuple[RawFile, Rows, Layout, list[RewrittenHeading]]:
        """The form with its headings carried to a period; the same recipe must then read that period in it."""
        slots = self._slots(rows, raw, wish)
        by, years, newest = _distance([s.key[-1] for s in slots if s.key], period)
        if not by:
            return raw, rows, layout, []
        figures = {s.figure.place for s in slots}
        for with_days in (False, True):
            edits, rewritten = carry_headings(layout.cells, figures, years, by, with_days)
            if not edits:
                continue
            content, lost = layout.write(edits)
            fresh = fetch_bytes(layout.name, content, folder)
            carried = parse_file(fresh, self.recipes, wish.recipe)
            found = {s.key[-1] for s in self._slots(carried, raw, wish) if s.key}
            if Period.parse(period).text in found and newest not in found - _moved(slots, by):
                opened = _open(fresh, carried)
                opened.notes = [*dict.fromkeys([*layout.notes, *lost, *opened.notes])]
                return fresh, carried, opened, rewritten
        what = Both(f"chuyển tiêu đề của biểu này từ {newest} sang {period}",
                    f"carrying the headings of this form from {newest} to {period}")  # fmt: skip
        raise NotSupported(what=what, choices="Excel")

    def _slots(self, rows: Rows, raw: RawFile, wish: Wish) -> list[Slot]:
        """The cells that the recipe reads, one slot a cell: what the reader added up has no cell of its own."""
        if not rows.table.num_rows:
            found = Both("không có ô số liệu nào", "no cell of figures")
            raise LayoutNotRecognised(file=raw.name, found=found)
        draft = build_draft(rows, self.catalogue, raw, raw.received.date())
        if wish.issuer:
            draft.known["issuer"] = pa.repeat(pa.scalar(wish.issuer, pa.string()), draft.size)
        keys = zip(*(draft.known[c].to_pylist() for c in KEY), strict=True)
        printed = zip(*(draft.printed[c].to_pylist() for c in ("sheet", "cell", "value_text", "value", "mark", "unit")),
                      strict=True)  # fmt: skip
        units, found_at, slots = self.catalogue.units, set[Place](), list[Slot]()
        for key, (sheet, cell, text, value, mark, unit) in zip(keys, printed, strict=True):
            place = place_of(sheet, cell or "")
            if place is None or place in found_at:
                continue
            found_at.add(place)
            own = units.get(self.catalogue.indicators[key[0]].unit) if key[0] else None
            told = units.get(unit or "")
            factor = told.factor / own.factor if told and own and told.base == own.base else None
            is_known = factor is not None and all(key)
            slots.append(Slot(Figure(place, text or "", value, mark, unit or ""), key if is_known else None, factor))
        return slots

    def _fill(
        self,
        first: RawFile,
        raw: RawFile,
        rows: Rows,
        layout: Layout,
        wish: Wish,
        rewritten: list[RewrittenHeading],
        folder: Path,
    ) -> FilledForm:
        """Fill an opened form. ``first``: the file as it came, which tells its document; ``raw``: as it is now."""
        filling = Filling(layout, wish)
        # a format without a writer becomes a new workbook even where nothing has to change
        content, notes = layout.write({}) if layout.is_copied else (raw.path.read_bytes(), list[Both]())
        slots = self._slots(rows, first, wish)
        stale, twins = list[Place](), 0
        for turn in range(_TURNS):
            self._look_up(filling, slots)
            before = len(filling.edits)
            decide_cells(filling, slots)
            if len(filling.edits) == before:
                break
            if turn == 0:
                twins, stale = fill_twins(filling), find_stale(filling, rows)
                filling.edits |= dict.fromkeys(stale) if wish.is_carried else {}
            content, notes = layout.write(filling.edits)
            try:
                rows = parse_file(fetch_bytes(layout.name, content, folder), self.recipes, wish.recipe)
                slots = self._slots(rows, first, wish)
            except LayoutNotRecognised:
                notes.append(_TOO_BARE)
                slots = []
                break
        verify_cells(filling, slots)
        if twins:
            notes.append(Both(f"{twins} ô in cùng số đó theo đơn vị khác đã được điền theo",
                              f"{twins} cells that print the same amount in another unit followed"))  # fmt: skip
        return FilledForm(
            layout.name, content, wish.recipe, tuple(filling.cells.values()), (*layout.notes, *notes),
            tuple(rewritten), filling.read_back, filling.agreeing, tuple(map(_named, stale)),
        )  # fmt: skip

    def _look_up(self, filling: Filling, slots: Sequence[Slot]) -> None:
        """What is published for the facts of these cells."""
        wanted = {s.key for s in slots if s.key} - filling.rows.keys()
        if not wanted:
            return
        indicators = sorted({k[0] for k in wanted})
        question = Question(tuple(indicators), periods=tuple(sorted({k[-1] for k in wanted})),
                            issuers=tuple(sorted({k[4] for k in wanted})), published=filling.wish.day)  # fmt: skip
        dataflows = sorted({self.catalogue.dataflow_of(i) for i in indicators})
        table = find_observations(Reader(self.settings.store), question, dataflows).table
        columns = (*KEY, "value", "mark", "decimals", "document", "release")
        for values in zip(*(table[c].to_pylist() for c in columns), strict=True):
            key = values[: len(KEY)]
            if key in wanted:
                filling.rows[key] = dict(zip(columns[len(KEY) :], values[len(KEY) :], strict=True))

    def find_forms(self, by: Actor) -> list[FormOffer]:
        """Every recipe that can be run backwards, with what is published of it and the files that ``by`` may see.

        Raises:
            StoreMissing: nothing was ever published here.
        """
        self._require_store()
        series = find_series(Reader(self.settings.store)).select(["indicator", "issuer", "dataflow"]).to_pylist()
        files: dict[str, list[str]] = {}
        for submission in self.find_submissions(by):
            files.setdefault(submission.recipe, []).append(submission.id)
        offers = []
        for recipe in self.recipes.values():
            if recipe.reader.startswith("sdmx"):
                continue
            codes = _codes(recipe.layout, self.catalogue.indicators)
            own = [s for s in series if (not codes or s["indicator"] in codes)
                   and (s["issuer"] == recipe.issuer or not recipe.issuer)]  # fmt: skip
            offers.append(FormOffer(
                recipe.id, recipe.reader, recipe.issuer, recipe.title_vi, recipe.title_en,
                tuple(sorted({s["dataflow"] for s in own})), len({s["indicator"] for s in own}), len(own),
                tuple(files.get(recipe.id, ())[:5]),
            ))  # fmt: skip
        return offers


def _codes(layout: object, indicators: Collection[str]) -> set[str]:
    """The indicators that a recipe names anywhere."""
    if isinstance(layout, str):
        return {layout} & set(indicators)
    parts = layout.values() if isinstance(layout, Mapping) else layout if isinstance(layout, Sequence) else ()
    return set().union(*(_codes(part, indicators) for part in parts))


def _named(place: Place) -> str:
    cell = address(*place[1:])
    return f"{place[0]}!{cell}" if place[0] else cell


def _refuse(raw: RawFile, rows: Rows) -> None:
    if rows.parser.startswith("sdmx") or raw.kind not in (*BOOKS, "csv"):
        what = Both(
            "điền ngược thông điệp SDMX (đã xuất thẳng được)", "filling an SDMX message, which is exported as it is"
        )
        raise NotSupported(what=what, choices="/sdmx/3.0/data/…")


def _open(raw: RawFile, rows: Rows) -> Layout:
    cells = zip(*(rows.table[c].to_pylist() for c in ("sheet", "cell", "value_text")), strict=True)
    known = {p: text or "" for sheet, cell, text in cells if (p := place_of(sheet, cell or ""))}
    sheets = parse_form(raw) if raw.kind in BOOKS else []
    values = [SheetValues(s.sheet.name, s.sheet.rows, s.merged, s.sheet.is_visible) for s in sheets]
    return open_layout(raw.name, raw.kind, raw.path.read_bytes(), values, known)


def _distance(periods: Collection[str], period: str) -> tuple[int, set[int], str]:
    """Years from the form's newest period of the same kind to the one wanted; the years that its headings may name.

    Raises:
        BadPeriod: no period. NotSupported: another part of the year; headings are carried by whole years only.
    """
    wanted = Period.parse(period)
    own = [p for p in map(Period.parse, set(periods)) if p.freq == wanted.freq and p.text[4:] == wanted.text[4:]]
    if not own:
        listed = ", ".join(sorted(set(periods))[-6:]) or "—"
        what = Both(f"chuyển biểu từ {listed} sang {period} (chỉ chuyển tròn năm)",
                    f"carrying a form from {listed} to {period} (by whole years only)")  # fmt: skip
        raise NotSupported(what=what, choices=Both("một biểu của cùng tháng, quý năm trước",
                                                   "a form of the same month or quarter of another year"))  # fmt: skip
    newest = max(own)
    years = {int(p[:4]) for p in periods}
    if not all(1900 <= y + wanted.start.year - newest.start.year <= 2099 for y in years):
        raise BadPeriod(period=period)
    return wanted.start.year - newest.start.year, years | {min(years) - 1}, newest.text


def _moved(slots: Sequence[Slot], by: int) -> set[str]:
    """The periods that a form has once it was carried."""
    return {f"{int(s.key[-1][:4]) + by}{s.key[-1][4:]}" for s in slots if s.key}
