"""Walks a number through the making half: source → parse → validate → publish."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy.orm import Session, sessionmaker

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_INSTANT
from lienvung.domain.discrepancies import Acceptance, Choice, Discrepancy
from lienvung.domain.handovers import ERROR, WARNING, Finding, Findings, RawFile, Release, Rows
from lienvung.domain.observations import KEY
from lienvung.errors import Both, LayoutNotRecognised, NotFound, PackInvalid, StoreMissing, UnknownFinding
from lienvung.parse.dispatch import READERS, parse_file
from lienvung.parse.kept_recipes import check_recipe, keep_recipe, load_kept, read_recipe, read_text, versions
from lienvung.parse.recipes import Recipe, find_recipe, load_recipes
from lienvung.parse.shown import read_shown
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.publish.choices import choice_claims, claims_of_fact
from lienvung.publish.release import name_release, prepare_store, write_release
from lienvung.publish.vintages import merge_claims
from lienvung.query.history import read_history
from lienvung.query.reader import Reader
from lienvung.settings import Settings
from lienvung.source import fetch_file
from lienvung.store.packs import figure_files
from lienvung.store.pointer import ReleaseNote
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from lienvung.validate.packs import check_pack
from lienvung.validate.reconcile.evidence import RECONCILED
from lienvung.validate.reconcile.registry import RECONCILIATIONS, reconcile
from lienvung.validate.rows import check_rows
from lienvung.workflow import decisions
from lienvung.workflow import submissions as office
from lienvung.workflow.database import open_workflow
from lienvung.workflow.submissions import Submission

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done."""


def _silent(_done: int, _total: int, _what: str) -> None: ...


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked; ``claims`` are its rows without errors."""

    raw: RawFile
    rows: Rows
    claims: pa.Table
    findings: Findings

    def report(self) -> dict[str, object]:
        """What the reader is told, as plain values in both languages."""
        return {
            "understood_vi": list(self.rows.understood_vi),
            "understood_en": list(self.rows.understood_en),
            "rows": self.rows.table.num_rows,
            "findings": [finding_record(f) for f in self.findings],
        }


@dataclass(frozen=True)
class Judged:
    """A discrepancy, and who let it stand, if anyone did."""

    discrepancy: Discrepancy
    acceptance: Acceptance | None


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding as plain values."""
    return {name: getattr(finding, name) for name in Finding.__dataclass_fields__}


@dataclass(frozen=True)
class Works:
    """The making half of one home folder: what the doors call to submit, approve and publish."""

    settings: Settings
    catalogue: Catalogue

    @cached_property
    def _pack_recipes(self) -> Mapping[str, Recipe]:
        return load_recipes(self.settings.pack / "recipes")

    @property
    def recipes(self) -> Mapping[str, Recipe]:
        """The pack's recipes by id, and those that people confirmed here, which come first."""
        return {**self._pack_recipes, **load_kept(self.settings.recipes)}

    def propose_recipe(self, path: Path, answers: Mapping[str, str], mend: str | None = None) -> Proposal:
        """A recipe for the tables of a file, nothing of which is kept.

        Args:
            answers: what a person has decided. mend: id of a recipe whose decisions are carried over.

        Raises:
            SourceError: the file cannot be read. LayoutNotRecognised: no table in it. UnknownRecipe, BadValue.
        """
        old = find_recipe(self.recipes, mend) if mend else None
        with tempfile.TemporaryDirectory() as folder:
            raw = fetch_file(path, Path(folder))
            if raw.kind == "xml":
                raise LayoutNotRecognised(file=raw.name, found="XML")
            tables = find_tables(load_sheets(raw))
        if not tables:
            raise LayoutNotRecognised(file=raw.name, found=Both("không có bảng số liệu nào", "no table of figures"))
        return propose_recipe(raw.name, tables, self.catalogue, answers, old)

    def keep_recipe(self, path: Path) -> tuple[Recipe, int, int]:
        """Check a recipe's file and keep it: the recipe, its version, and how many points are still open.

        Raises:
            FileMissing, RecipeInvalid: nothing was kept.
        """
        recipe = read_recipe(path)
        check_recipe(recipe, self.catalogue, ("sdmx", *(r.name for r in READERS)))
        text = path.read_text("utf-8")
        asked = sum(line.rstrip().endswith((": '?'", ": ?")) for line in text.splitlines() if line[:1] != "#")
        return recipe, keep_recipe(self.settings.recipes, recipe, text), asked

    def kept_recipes(self) -> list[tuple[Recipe, int]]:
        """The recipes confirmed here, with their newest version."""
        kept = load_kept(self.settings.recipes)
        return [(r, versions(self.settings.recipes, r.id)[-1]) for r in kept.values()]

    def recipe_text(self, recipe: str, version: int | None = None) -> str:
        """A kept recipe as it was written.

        Raises:
            RecipeInvalid: no such recipe or version.
        """
        return read_text(self.settings.recipes, recipe, version)

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions on the workflow database."""
        return open_workflow(self.settings.workflow)

    def _claims_file(self, submission: str) -> Path:
        return self.settings.submissions / f"{submission}.parquet"

    def check_file(self, path: Path, recipe: str | None = None, keep: Path | None = None) -> Checked:
        """Read and check a file; nothing but its unchanged copy under ``keep`` is written.

        Raises:
            SourceError, ParseError: the file as a whole cannot be read or understood.
        """
        raw = fetch_file(path, keep or self.settings.files)
        rows = parse_file(raw, self.recipes, recipe)
        claims, findings = check_rows(rows, self.catalogue, raw, raw.received.date())
        return Checked(raw, rows, claims, findings)

    def dry_run(self, path: Path, recipe: str | None = None) -> Checked:
        """What ``submit_file`` would say; leaves nothing behind."""
        with tempfile.TemporaryDirectory() as folder:
            return self.check_file(path, recipe, Path(folder))

    @staticmethod
    def show_file(path: Path) -> tuple[str, list[tuple[str, list[list[object]]]]]:
        """What a file is (``xlsx``, ``csv`` …), and its sheets' names and cells as they stand; leaves nothing behind.

        Raises:
            SourceError: the file cannot be read.
        """
        with tempfile.TemporaryDirectory() as folder:
            raw = fetch_file(path, Path(folder))
            return raw.kind, [(s.name, s.rows) for s in read_shown(raw)]

    def submit_file(self, path: Path, by: str, recipe: str | None = None) -> tuple[Submission, Checked]:
        """Hand a file in: it is kept, checked, and its claims wait for approval.

        Raises:
            SourceError, ParseError: as ``check_file``. AlreadySubmitted: the same bytes came before.
        """
        self._require_store()
        raw = fetch_file(path, self.settings.files)
        with self.sessions() as session:
            office.refuse_second_submission(session, raw.sha256, raw.name)
        checked = self.check_file(path, recipe)
        with self.sessions.begin() as session:
            return self._record(session, checked, by), checked

    def _record(self, session: Session, checked: Checked, by: str) -> Submission:
        found = office.submit_file(
            session, file_name=checked.raw.name, file_sha256=checked.raw.sha256, recipe=checked.rows.recipe,
            parser=checked.rows.parser, rows=checked.claims.num_rows, errors=checked.findings.count(ERROR),
            warnings=checked.findings.count(WARNING), report=checked.report(), by=by,
        )  # fmt: skip
        office.keep_claims(session, found.id, self._write_claims(found.id, checked.claims))
        return office.find_submission(session, found.id)

    def _write_claims(self, submission: str, claims: pa.Table) -> str:
        path = self._claims_file(submission)
        path.parent.mkdir(parents=True, exist_ok=True)
        at = CLAIMS.get_field_index("submission")
        claims = claims.set_column(at, CLAIMS.field(at), pa.array([submission] * claims.num_rows, pa.string()))
        beside = path.with_suffix(".part")
        pq.write_table(claims.cast(CLAIMS), beside, compression="zstd")
        beside.replace(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def _read_claims(self, submission: Submission) -> pa.Table:
        path = self._claims_file(submission.id)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != submission.claims_sha256:
            raise NotFound(what=f"{submission.id} ({path.name})", choices="lienvung doctor")
        return pq.read_table(path).cast(CLAIMS)

    def approve(self, submission: str, by: str) -> Submission:
        """Approve a submission.

        Raises:
            WorkflowError: unknown, with errors, or not waiting for approval.
        """
        with self.sessions.begin() as session:
            return office.approve_submission(session, submission, by)

    def publish(self, numbers: Iterable[str], by: str, title_vi: str = "", title_en: str = "") -> ReleaseNote:
        """Publish approved submissions as one release.

        Raises:
            WorkflowError: one of them is not approved; nothing is published then. StoreBusy: others wrote.
        """
        self._require_store()
        with self.sessions() as session:
            wanted = [office.require_approved(session, n) for n in dict.fromkeys(numbers)]
        claims = pa.concat_tables([self._read_claims(s) for s in wanted])
        names = ", ".join(s.file_name for s in wanted[:3]) + (", …" if len(wanted) > 3 else "")
        release_id, moment = name_release()
        release = Release(release_id, title_vi or names, title_en or title_vi or names, claims, moment, by)
        note = write_release(self.settings.store, release)
        with self.sessions.begin() as session:
            office.close_published(session, [s.id for s in wanted], note.id, by)
        return note

    def load_pack(self, by: str = "pack", progress: Progress = _silent) -> ReleaseNote | None:
        """Publish the pack's figures that are not published yet, as one release; None if there is nothing new.

        Raises:
            PackInvalid and the errors of reading: the pack is wrong, nothing was published.
        """
        prepare_store(self.settings.store)
        files = figure_files(self.settings.pack)
        waiting: list[str] = []
        for done, path in enumerate(files):
            progress(done, len(files) + 1, path.name)
            found = self._load_figures(path, by)
            if found.state == office.APPROVED:
                waiting.append(found.id)
        if not waiting:
            return None
        progress(len(files), len(files) + 1, f"{len(waiting)} tệp / files")
        name_vi, name_en = f"Gói dữ liệu: {self.catalogue.name_vi}", f"Data pack: {self.catalogue.name_en}"
        return self.publish(
            waiting, by, f"{name_vi} ({self.catalogue.version})", f"{name_en} ({self.catalogue.version})"
        )

    def _load_figures(self, path: Path, by: str) -> Submission:
        raw = fetch_file(path, self.settings.files)
        with self.sessions() as session:
            found = office.find_submission_of_file(session, raw.sha256)
        if found and found.state in (office.APPROVED, office.PUBLISHED):
            return found
        checked = self.check_file(path)
        with self.sessions.begin() as session:
            found = self._record(session, checked, by)
            return found if found.errors else office.approve_submission(session, found.id, by)

    def find_submissions(self, state: str | None = None) -> list[Submission]:
        """All submissions, newest first."""
        with self.sessions() as session:
            return office.find_submissions(session, state)

    def find_submission(self, submission: str) -> Submission:
        """One submission.

        Raises:
            UnknownSubmission: no such number.
        """
        with self.sessions() as session:
            return office.find_submission(session, submission)

    @staticmethod
    def reconciliation_rules() -> list[str]:
        """The ids of the reconciliation checks."""
        return [r.id for r in RECONCILIATIONS]

    def check_published(self, rules: Collection[str] = ()) -> list[Judged]:
        """What does not agree in what is published, and what people decided about it.

        Raises:
            StoreMissing: nothing was ever published here.
        """
        return self._judge(reconcile(self._history(columns=RECONCILED), self.catalogue, rules))

    def check_submission(self, submission: str, rules: Collection[str] = ()) -> list[Judged]:
        """What would not agree if a submission were published now: only what its own figures take part in.

        Raises:
            UnknownSubmission: no such number. StoreMissing: nothing was ever published here.
        """
        claims = self._read_claims(self.find_submission(submission))
        touched = set(pc.unique(claims["dataflow"]).to_pylist())
        release, moment = name_release()
        merged = merge_claims(self._history(touched), claims, moment, release).table
        merged = merged.filter(pc.equal(merged["recorded_to"], pa.scalar(OPEN_INSTANT, pa.timestamp("us"))))
        rest = self._history({g.dataflow for g in self.catalogue.groups.values()} - touched, RECONCILED)
        own = {"|".join(row) for row in zip(*(claims[c].to_pylist() for c in KEY), strict=True)}
        found = reconcile(pa.concat_tables([merged.select(RECONCILED), rest]), self.catalogue, rules)
        return self._judge([d for d in found if any(f.key in own for f in d.facts)])

    def _history(
        self, dataflows: Collection[str] | None = None, columns: Sequence[str] = tuple(OBSERVATIONS.names)
    ) -> pa.Table:
        wanted = {g.dataflow for g in self.catalogue.groups.values()} if dataflows is None else dataflows
        self._require_store()
        return read_history(Reader(self.settings.store), wanted, columns)

    def _judge(self, found: list[Discrepancy]) -> list[Judged]:
        with self.sessions() as session:
            accepted = decisions.find_acceptances(session)
        return [Judged(d, accepted.get(d.id)) for d in found]

    def accept_finding(self, finding: str, by: str, reason: str, submission: str | None = None) -> Acceptance:
        """Let a discrepancy stand, with a reason.

        Raises:
            ReasonMissing: there is none. UnknownFinding: no such discrepancy now. UnknownSubmission.
        """
        decisions.require_reason(reason)
        judged = self.check_submission(submission) if submission else self.check_published()
        found = next((j.discrepancy for j in judged if j.discrepancy.id == finding), None)
        if found is None:
            raise UnknownFinding(finding=finding)
        with self.sessions.begin() as session:
            return decisions.accept_discrepancy(session, found, by, reason)

    def withdraw_finding(self, finding: str, by: str, reason: str) -> Acceptance:
        """Take an acceptance back.

        Raises:
            ReasonMissing: there is no reason. UnknownFinding: it is not accepted.
        """
        with self.sessions.begin() as session:
            return decisions.withdraw_acceptance(session, finding, by, reason)

    def choose_claim(self, fact: Mapping[str, str], issuer: str, by: str, reason: str) -> tuple[Choice, ReleaseNote]:
        """Choose one issuer's claim of a fact that several claim; the choice is published. No issuer: take it back.

        Args:
            fact: ``indicator``, ``area_key``, ``activity``, ``breakdown``, ``period``.

        Raises:
            ReasonMissing: there is no reason. NotFound: the issuer has no such figure. StoreBusy.
        """
        reason = decisions.require_reason(reason)
        history = self._history({self.catalogue.dataflow_of(fact["indicator"])})
        claims = claims_of_fact(history, fact)
        release_id, moment = name_release()
        chosen = choice_claims(claims, fact, issuer, by, moment.date(), reason, release_id)
        title = f"{fact['indicator']} {fact['area_key']} {fact['period']}: {issuer or '—'}"
        release = Release(release_id, f"Chọn số: {title}", f"Choice: {title}", chosen.claims, moment, by)
        return chosen.choice, write_release(self.settings.store, release)

    def _require_store(self) -> None:
        if not (self.settings.store / "catalog.sqlite").exists():
            raise StoreMissing(home=self.settings.home)


def inspect_pack(folder: Path) -> Findings:
    """Everything that is wrong in a pack, its recipes included."""
    found = list(check_pack(folder))
    try:
        load_recipes(folder / "recipes")
    except PackInvalid as error:
        said = (error.message("vi"), error.message("en"), "recipes", None)
        found.append(Finding("PACK-RECIPE", ERROR, *said, error.suggestion("vi"), error.suggestion("en")))
    return Findings(tuple(found))
