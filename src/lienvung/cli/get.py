"""``lienvung get``: published figures."""

from __future__ import annotations

import click

from lienvung.cli.boundaries import boundary_options, flatten_inputs, print_notes
from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_records
from lienvung.domain.observations import TOTAL

_COLUMNS = (
    "indicator",
    "area",
    "area_valid_from",
    "area_name",
    "period",
    "value",
    "unit",
    "status",
    "published",
    "issuer",
)


@click.command("get")
@click.argument("indicators", nargs=-1, required=True, metavar="INDICATOR…")
@click.option("--areas", help="Mã hoặc tên, cách nhau dấu phẩy · Codes or names: 74,79@2004")
@click.option("--region", help="Mã vùng · Region: KTTD-PN, R6-DNB, N6-DNB")
@click.option("--from", "start", help="Từ · From: 2016, 2020-Q1, 2020-06")
@click.option("--to", "end", help="Đến · To")
@click.option("--published", help="Số đã công bố đến ngày · As the issuers had published by: 2023-12-31")
@click.option("--recorded", help="Số hệ thống biết lúc · As this database knew at: 2026-11-20")
@click.option("--issuer", help="Mã nơi công bố · Issuer: GSO, FIA")
@click.option("--breakdown", help="Mã phân tổ, 'all' là mọi phân tổ · Breakdown code, 'all' for all")
@click.option("--activity", help="Mã ngành, 'all' là mọi ngành · Activity code, 'all' for all")
@click.option("--unit", help="Đổi sang đơn vị · Told in a unit: VND_TN, USD_MN, PERSONS_MN")
@boundary_options
@click.option("--total", is_flag=True, help="Tổng của cả vùng · Total of the whole region")
@format_option
@click.pass_obj
def command(door: Door, /, indicators: tuple[str, ...], form: str, total: bool, **choices: str | None) -> None:
    """Lấy số liệu đã công bố · Get published figures.

    \b
    Ví dụ · Examples:
      lienvung get GRDP_CUR --areas 74,79 --from 2016 --to 2022
      lienvung get POP_AVG --areas 74 --from 2016 --to 2016 --published 2018-12-31
      lienvung get FDI_CAP_CUM --region KTTD-PN --from 2020 --to 2020 --format json
      lienvung get INVEST_REALISED --areas 74 --breakdown all --format csv
      lienvung get GRDP_CUR --areas 79 --boundary 2025-07-01 --from 2020 --to 2020
      lienvung get POP_AVG --region KTTD-PN --total --from 2016 --to 2022
      lienvung get GRDP_CUR --areas 74 --from 2020 --to 2022 --unit USD_BN --format json
    """
    from lienvung.chain import ask_observations
    from lienvung.domain.handovers import DerivedAnswer
    from lienvung.present.records import observation_records

    choices |= {"total": "true" if total else None, "lang": door.lang}
    answer = ask_observations(door.world.catalogue, door.world.reader, indicators, choices)
    records = observation_records(answer.table, door.world.catalogue, door.lang)
    parts = [c for c in ("breakdown", "activity") if any(r[c] != TOTAL for r in records)]
    how = ("derivation", "formula") if isinstance(answer, DerivedAnswer) else ()
    shown = records if form == "json" else flatten_inputs(records, is_short=form == "table")
    print_records(shown, (*_COLUMNS[:5], *parts, *_COLUMNS[5:], *how), form)
    print_notes(answer, door)
