"""``lienvung grow``: growth, averages, required growth and rebased indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.domain.observations import TOTAL
from lienvung.errors import BadValue, Both

if TYPE_CHECKING:
    from lienvung.analyse.growth import Computed

_COLUMNS = ("indicator", "area", "area_valid_from", "area_name", "period", "against", "value", "unit", "issuer")


@click.command("grow")
@click.argument("indicator")
@click.option("--areas", help="Mã hoặc tên, cách nhau dấu phẩy · Codes or names: 74,79@2004")
@click.option("--region", help="Mã vùng, từng địa bàn một · Region, each area by itself: KTTD-PN")
@click.option("--from", "start", help="Từ · From: 2016")
@click.option("--to", "end", help="Đến · To")
@click.option("--average", is_flag=True, help="Bình quân năm từ kỳ đầu đến kỳ cuối · Average annual growth")
@click.option("--base", help="Chỉ số với kỳ này = 100 · Index with this period = 100: 2015")
@click.option("--target", type=float, help="Mức cần đạt, theo đơn vị của chỉ tiêu · Level to reach, in the unit")
@click.option("--by", "year", type=int, help="Năm cần đạt mức đó · Year to reach it by: 2030")
@click.option("--published", help="Số đã công bố đến ngày · As the issuers had published by: 2023-12-31")
@click.option("--recorded", help="Số hệ thống biết lúc · As this database knew at: 2026-11-20")
@click.option("--issuer", help="Mã nơi công bố · Issuer: GSO, FIA")
@click.option("--breakdown", help="Mã phân tổ · Breakdown code")
@click.option("--activity", help="Mã ngành · Activity code")
@format_option
@click.pass_obj
def command(
    door: Door, /, indicator: str, form: str, average: bool, base: str | None, target: float | None,
    year: int | None, **choices: str | None,
) -> None:  # fmt: skip
    """Tốc độ tăng từ giá so sánh (giá hiện hành bị từ chối), bình quân năm, tốc độ cần có, chỉ số đổi gốc.

    Growth from constant prices (current ones are refused), average annual growth, required growth, rebased index.

    \b
    Ví dụ · Examples:
      lienvung grow GRDP_C2010 --areas 75 --from 2024 --to 2024
      lienvung grow POP_AVG --areas 74 --from 2011 --to 2022 --average
      lienvung grow GDP_C2010 --areas VN --base 2010
      lienvung grow GRDP_C2010 --areas 75@2004 --target 400000 --by 2030
    """
    from lienvung.analyse import growth
    from lienvung.chain import ask_observations
    from lienvung.present.growth import describe_inputs, growth_records

    _require_one_way(average, base, target, year)
    catalogue = door.world.catalogue
    plain = not (average or base or year)
    asked = choices | {"start": _year_before(choices["start"])} if plain else choices
    table = ask_observations(catalogue, door.world.reader, [indicator], asked).table
    if average:
        results: list[Computed] = growth.compare_average_growth(table, catalogue)
    elif base:
        results = growth.compare_index(table, catalogue, base)
    elif target is not None and year is not None:
        results = growth.estimate_required_growth(table, catalogue, target, year)
    else:
        results = [r for r in growth.compare_growth(table, catalogue) if r.period >= (choices["start"] or "")]
    _print(growth_records(results, catalogue, door.lang), form, describe_inputs, door.lang)


def _print(records: list[dict[str, Any]], form: str, describe: Any, lang: str) -> None:  # noqa: ANN401 - a function
    if form == "json":
        print_json(records)
        return
    parts = [c for c in ("breakdown", "activity") if any(r[c] != TOTAL for r in records)]
    if form == "csv":
        flat = [r | {"marks": " ".join(r["marks"]), "notes": "; ".join(r["notes"])} for r in records]
        print_records([{k: v for k, v in r.items() if k != "inputs"} for r in flat], _COLUMNS, form)
        return
    shown = [r | {"value": round(r["value"], 4)} for r in records]
    print_records(shown, (*_COLUMNS[:5], *parts, *_COLUMNS[5:]), form)
    click.echo("\n".join(("", *describe(records, lang))))


def _year_before(period: str | None) -> str | None:
    """The start of the span a year earlier, so that the first growth has its level before."""
    return f"{int(period[:4]) - 1:04d}{period[4:]}" if period and period[:4].isdigit() else period


def _require_one_way(average: bool, base: str | None, target: float | None, year: int | None) -> None:
    if (target is None) != (year is None):
        both = Both("--target và --by đi cùng nhau", "--target and --by together")
        raise BadValue(value=target if year is None else year, name="--target/--by", choices=both)
    if sum((average, base is not None, year is not None)) > 1:
        one = Both("một trong --average, --base, --target", "one of --average, --base, --target")
        raise BadValue(value=base or target or "--average", name="grow", choices=one)
