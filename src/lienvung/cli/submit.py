"""``lienvung submit``: hand a file in, and see everything that was found in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.covering import covering_json, covering_options, letter_of, print_attached, print_covering
from lienvung.cli.history import say_state, show_submission
from lienvung.cli.output import format_option, print_json, print_records, render_table
from lienvung.domain.handovers import Finding
from lienvung.errors import EXIT_FINDINGS, BadValue
from lienvung.present.findings import finding_records, render_findings

if TYPE_CHECKING:
    from lienvung.pipeline import Checked, Letter


@click.command("submit")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--recipe", help="Công thức đọc · Recipe id (lienvung pack recipes).")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và kiểm tra · Only read and check; nothing is kept.")
@click.option(
    "--annotate", "annotated", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False),
    help="Ghi lại tệp với chú thích ở từng ô · Write the file back with a comment on each cell.",
)  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Các hồ sơ đã nộp · Submissions so far.")
@click.option("--show", metavar="S12", help="Xem lại một hồ sơ · Look at one submission again.")
@click.option("--diff", is_flag=True, help="Với --show: so với số đã công bố · With --show: against what is published.")
@click.option("--draft", is_flag=True, help="Chỉ giữ làm bản nháp · Only keep a draft, do not hand in.")
@click.option("--agency", default="", help="Mã cơ quan nộp · Code of the agency that hands in.")
@click.option("--hand-in", "handing", metavar="S12", help="Nộp bản nháp này · Hand this draft in.")
@click.option("--mend", metavar="S12", help="FILE thay tệp của hồ sơ này · FILE takes the place of its file.")
@click.option("--discard", metavar="S12", help="Bỏ bản nháp này · Put this draft aside.")
@click.option("--attach", metavar="S12", help="Đính văn bản vào hồ sơ đã có · Attach the document to a submission.")
@covering_options
@format_option
@click.pass_context
def command(
    ctx: click.Context, /, file: Path | None, recipe: str | None, dry_run: bool, annotated: Path | None, listing: bool,
    show: str | None, diff: bool, handing: str | None, discard: str | None, attach: str | None, form: str,
    draft: bool, agency: str, mend: str | None, **letter: Path | str | None,
) -> None:  # fmt: skip
    """Đọc, kiểm tra và nộp một tệp: in ra điều đã hiểu và mọi lỗi kèm ô.

    Read, check and submit a file: prints what was understood and every problem with its cell.
    Exit code 9 if there are errors; the file then waits for its mended version.

    \b
    Ví dụ · Examples:
      lienvung submit FDI.2020.xlsx --dry-run
      lienvung submit so-lieu.csv --recipe tidy
      lienvung submit so-lieu.xlsx --dry-run --annotate so-lieu-loi.xlsx
      lienvung submit so-lieu.csv --format json
      lienvung submit so-lieu.xlsx --covering 1234/BC-CTK --covering-date 2026-11-02 --signed-by "Nguyễn Văn A" \
        --signed-file cong-van.pdf
      lienvung submit so-lieu.csv --draft --agency PROV_74
      lienvung submit --hand-in S12
      lienvung submit so-lieu-sua.csv --mend S12
      lienvung submit --show S12 --diff
      lienvung submit --list
    """
    door: Door = ctx.obj
    written = letter_of(letter)
    if listing:
        _print_list(door, form)
    elif show:
        show_submission(door, show, diff, form, _print_report)
    elif handing or discard:
        act = door.works.hand_in if handing else door.works.discard
        say_state(door, act(handing or discard or "", door.actor))
    elif attach and written:
        print_attached(door, door.works.attach_covering(attach, written, door.actor), form)
    elif file is None or attach:
        raise BadValue(
            value="", name="FILE", choices="FILE, --list, --show S12, --hand-in S12, --attach S12 --covering …"
        )
    elif mend or draft:
        works, by = door.works, door.actor
        found = works.replace_file(mend, file, by, None, recipe) if mend else works.draft_file(file, by, agency, recipe)
        show_submission(door, found.id, False, form, _print_report)
        ctx.exit(EXIT_FINDINGS if found.errors else 0)
    else:
        ctx.exit(_submit(door, file, recipe, dry_run, annotated, form, written, agency))


def _submit(
    door: Door, file: Path, recipe: str | None, dry_run: bool, annotated: Path | None, form: str,
    letter: Letter | None, agency: str,
) -> int:  # fmt: skip
    if annotated:
        _refuse_target(file, annotated)
    if letter:
        door.works.read_letter(letter)
    if dry_run:
        checked, number, state = door.works.dry_run(file, recipe), None, "dry-run"
    else:
        submission, checked = door.works.submit_file(file, door.actor, recipe, agency)
        number, state = submission.id, submission.state
        if letter:
            door.works.attach_covering(number, letter, door.actor)
    report = checked.report() | {"recipe": checked.rows.recipe, "parser": checked.rows.parser}
    _print_report(door, form, report, number, state, checked.claims.num_rows)
    if annotated:
        _annotate(door, file, checked, annotated)
    return EXIT_FINDINGS if checked.findings.has_errors else 0


def _refuse_target(file: Path, target: Path) -> None:
    """The annotated copy is a workbook, and never written over the file itself."""
    if target.suffix.lower() != ".xlsx" or target.resolve() == file.resolve():
        raise BadValue(value=str(target), name="--annotate", choices=f"{file.stem}-loi.xlsx")


def _annotate(door: Door, file: Path, checked: Checked, target: Path) -> None:
    from lienvung.present.annotations import annotate

    kind, grids = door.works.show_file(file)
    if not grids:
        shown = checked.rows.table.select(["cell", "indicator", "area_text", "period", "value_text", "unit", "note"])
        grids = [(file.name, [[*shown.column_names], *map(list, zip(*shown.to_pydict().values(), strict=True))])]
    made = annotate(file.read_bytes() if kind == "xlsx" else None, grids, tuple(checked.findings), door.lang)
    beside = target.with_name(target.name + ".part")
    try:
        beside.write_bytes(made.content)
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise BadValue(value=str(target), name="--annotate", choices=f"{file.stem}-loi.xlsx") from None
    click.echo(
        door.say(
            f"Đã ghi {target}: {made.comments} ô có chú thích.",
            f"Wrote {target}: {made.comments} cells with a comment.",
        ),
        err=True,
    )
    for note in made.notes:
        click.echo(f"  {door.say(note.vi, note.en)}", err=True)


def _print_report(
    door: Door, form: str, report: dict[str, object], number: str | None, state: str, claims: int
) -> None:
    kept = report["findings"]
    findings = [Finding(**f) for f in kept] if isinstance(kept, list) else []
    if form == "json":
        head = {
            "understood": report[f"understood_{door.lang}"],
            "rows": report["rows"],
            "accepted": claims,
            "findings": finding_records(findings, door.lang),
            "submission": number,
            "state": state,
        }
        covering = {"covering": covering_json(door, number) if number else None}
        print_json(head | {k: report[k] for k in ("recipe", "parser") if k in report} | covering)
    elif form == "csv":
        print_records(finding_records(findings, door.lang), ("rule", "severity", "sheet", "cell", "message"), form)
    else:
        click.echo(render_findings(report, findings, door.lang))
        if number:
            click.echo(door.say(f"Hồ sơ {number}: {state}", f"Submission {number}: {state}"))
            print_covering(door, number)


def _print_list(door: Door, form: str) -> None:
    columns = ("id", "state", "file_name", "rows", "errors", "warnings", "created_by", "submitted_at", "release")
    found = [{c: getattr(s, c) for c in columns} for s in door.works.find_submissions(door.actor)]
    if form == "table":
        click.echo(render_table([["" if r[c] is None else str(r[c]) for c in columns] for r in found], columns))
    else:
        print_records([{c: str(r[c]) if c == "submitted_at" else r[c] for c in columns} for r in found], columns, form)
