"""``lienvung check``: do the figures agree with each other, and what was decided where they do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.errors import EXIT_FINDINGS, UnknownCode

if TYPE_CHECKING:
    from lienvung.pipeline import Judged

_SEVERITIES = ("error", "warning", "info")
_COLUMNS = ("id", "rule", "severity", "message")


class _ListFirst(click.Group):
    """A group whose first command is meant when none is named: ``lienvung check GRDP_PC``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("check", cls=_ListFirst)
def command() -> None:
    """Đối chiếu số liệu: tổng và phần, vùng và tỉnh, tỷ lệ và tử mẫu, đứt gãy, hai nơi công bố.

    Reconcile figures: totals and parts, regions and provinces, ratios, breaks, two issuers.

    \b
    Ví dụ · Examples:
      lienvung check
      lienvung check GRDP_PC --areas 74
      lienvung check accept F0123456789ab --reason "Công văn 12/CTK"
      lienvung check choose FDI_CAP_CUM 74@2004 2016 --issuer FIA --reason "Cơ quan cấp phép"
    """


@command.command("list")
@click.argument("indicators", nargs=-1, metavar="[INDICATOR…]")
@click.option("--areas", help="Mã hoặc tên, cách nhau dấu phẩy · Codes or names: 74,79@2004")
@click.option("--rule", "rules", multiple=True, help="Mã quy tắc · Rule id (docs/rules.md); may be repeated.")
@click.option("--submission", metavar="S12", help="Nếu hồ sơ này được công bố · As if this submission were published.")
@click.option("--severity", type=click.Choice(_SEVERITIES), default="warning", show_default=True,
              help="Từ mức này trở lên · This severity and graver.")  # fmt: skip
@click.option("--accepted", is_flag=True, help="Cả những điểm đã được chấp nhận · Also what was accepted.")
@format_option
@click.pass_context
def list_(
    ctx: click.Context, indicators: tuple[str, ...], areas: str | None, rules: tuple[str, ...],
    submission: str | None, severity: str, accepted: bool, form: str,
) -> None:  # fmt: skip
    """Các điểm chưa khớp trong số liệu đã công bố, hoặc nếu một hồ sơ được công bố.

    What does not agree in what is published, or would not if a submission were.
    Exit code 9 if an error is open.

    \b
    Ví dụ · Examples:
      lienvung check
      lienvung check GRDP_PC POP_DENSITY --areas 74,75
      lienvung check --rule REC-REGION-SUM --severity info --format csv
      lienvung check --submission S12
    """
    door: Door = ctx.obj
    known = _known_rules(door, rules)
    works = door.works
    judged = works.check_submission(submission, door.actor, known) if submission else works.check_published(known)
    judged = list(_about(door, judged, indicators, areas))
    open_errors = any(j.discrepancy.severity == "error" and not j.acceptance for j in judged)
    _print(door, judged, severity, accepted, form)
    ctx.exit(EXIT_FINDINGS if open_errors else 0)


def _known_rules(door: Door, rules: tuple[str, ...]) -> list[str]:
    known = door.works.reconciliation_rules()
    for rule in rules:
        if rule.upper() not in known:
            raise UnknownCode(value=rule, codelist="docs/rules.md", choices=", ".join(known))
    return [r.upper() for r in rules]


def _about(door: Door, judged: Iterable[Judged], indicators: tuple[str, ...], areas: str | None) -> Iterable[Judged]:
    """Those that speak of these indicators and areas."""
    catalogue = door.world.catalogue
    codes = {catalogue.indicator(i).code for i in indicators}
    keys = set()
    for text in (areas or "").split(","):
        if text.strip():
            key = catalogue.gazetteer.resolve_asked(text, None, None)
            keys |= {str(k) for k in ([key] if "@" in text else catalogue.gazetteer.same_territory(key))}
    for each in judged:
        facts = each.discrepancy.facts
        if (not codes or any(f.indicator in codes for f in facts)) and (
            not keys or any(f.area_key in keys for f in facts)
        ):
            yield each


def _print(door: Door, judged: list[Judged], severity: str, accepted: bool, form: str) -> None:
    from lienvung.present.discrepancies import discrepancy_record, render_discrepancies

    wanted = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
    grave = [j for j in judged if j.discrepancy.severity in wanted]
    shown = [j for j in grave if accepted or not j.acceptance]
    records = [discrepancy_record(j.discrepancy, j.acceptance, door.lang) for j in shown]
    if form == "json":
        print_json(records)
    elif form == "csv":
        print_records(records, _COLUMNS, form)
    else:
        milder, settled = len(judged) - len(grave), len(grave) - len(shown)
        hidden = door.say(
            f"Hiện {len(shown)}; không hiện {milder} ghi chú nhẹ hơn (--severity info), {settled} đã chấp nhận "
            "(--accepted).",
            f"Shown {len(shown)}; not shown: {milder} milder (--severity info), {settled} accepted (--accepted).",
        )
        click.echo(render_discrepancies(records, hidden, door.lang))


@command.command("accept")
@click.argument("finding")
@click.option("--reason", required=True, help="Lý do, căn cứ · The grounds.")
@click.option("--submission", metavar="S12", help="Phát hiện của hồ sơ này · A finding of this submission.")
@click.pass_obj
def accept(door: Door, finding: str, reason: str, submission: str | None) -> None:
    """Chấp nhận một điểm chưa khớp; ghi người, lúc, lý do. Số đổi thì phát hiện mang mã mới.

    Let a discrepancy stand; who, when and why are recorded. Other figures make another finding.

    \b
    Ví dụ · Examples:
      lienvung check accept F0123456789ab --reason "Công văn 12/CTK ngày 3/2/2026"
    """
    done = door.works.accept_finding(finding, door.actor, reason, submission)
    click.echo(
        door.say(f"Đã chấp nhận {done.discrepancy} ({done.rule}).", f"Accepted {done.discrepancy} ({done.rule}).")
    )


@command.command("withdraw")
@click.argument("finding")
@click.option("--reason", required=True, help="Lý do · The reason.")
@click.pass_obj
def withdraw(door: Door, finding: str, reason: str) -> None:
    """Rút lại một chấp nhận; bản ghi cũ vẫn còn.

    Take an acceptance back; the old record stays.

    \b
    Ví dụ · Examples:
      lienvung check withdraw F0123456789ab --reason "Cục Thống kê đã đính chính"
    """
    done = door.works.withdraw_finding(finding, door.actor, reason)
    click.echo(door.say(f"Đã rút chấp nhận {done.discrepancy}.", f"Acceptance of {done.discrepancy} withdrawn."))


@command.command("choose")
@click.argument("indicator")
@click.argument("area")
@click.argument("period")
@click.option("--issuer", required=True, help="Nơi công bố được chọn, '-' là bỏ chọn · Issuer code; '-' takes it back.")
@click.option("--reason", required=True, help="Lý do · The reason.")
@click.option("--breakdown", default="_T", help="Phân tổ · Breakdown code")
@click.option("--activity", default="_T", help="Ngành · Activity code")
@click.pass_obj
def choose(
    door: Door, indicator: str, area: str, period: str, issuer: str, reason: str, breakdown: str, activity: str
) -> None:
    """Chọn một trong các số mà nhiều nơi công bố về cùng một chỉ tiêu; lựa chọn được công bố kèm người và lý do.

    Choose among several issuers' claims of one fact; the choice is published with its author and reason.

    \b
    Ví dụ · Examples:
      lienvung check choose FDI_CAP_CUM 74@2004 2016 --issuer FIA --reason "Cơ quan cấp phép đầu tư"
      lienvung check choose FDI_CAP_CUM 74@2004 2016 --issuer - --reason "Chờ đối chiếu lại"
    """
    from lienvung.domain.periods import Period

    catalogue, when = door.world.catalogue, Period.parse(period)
    fact = {
        "indicator": catalogue.indicator(indicator).code, "period": when.text, "activity": activity,
        "area_key": str(catalogue.gazetteer.resolve_asked(area, when.start, when.end)), "breakdown": breakdown,
    }  # fmt: skip
    choice, note = door.works.choose_claim(fact, "" if issuer == "-" else issuer, door.actor, reason)
    what = f"{choice.indicator} {choice.area_key} {choice.period}"
    click.echo(
        door.say(
            f"{what}: chọn {choice.issuer or '—'} (đợt {note.id}).",
            f"{what}: chose {choice.issuer or '—'} ({note.id}).",
        )
    )
