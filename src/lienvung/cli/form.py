"""``lienvung form``: an agency's own form filled with what is published, so that nobody types a number twice."""

from __future__ import annotations

import re
from pathlib import Path

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.errors import BadValue
from lienvung.present.forms.reports import form_record, offer_records, render_form


@click.command("form")
@click.argument("source", required=False, metavar="S12|TỆP")
@click.option("--recipe", help="Công thức đọc biểu · The recipe that reads the form.")
@click.option("--period", help="Chuyển biểu sang kỳ khác cùng dạng · Carry the form to this period: 2024.")
@click.option("--areas", help="Chỉ điền các địa bàn này · Fill only these areas: 74,75.")
@click.option("--published", metavar="NGÀY", help="Như đã công bố đến ngày · As published by that day.")
@click.option("--issuer", help="Số liệu của cơ quan này · The figures of this issuer.")
@click.option(
    "--keep", is_flag=True, help="Giữ số của biểu ở ô chưa công bố · Keep the form's figure if none is published."
)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Tệp sẽ ghi · File to write.")
@click.option("--list", "listing", is_flag=True, help="Các biểu điền được · What can be filled.")
@format_option
@click.pass_obj
def command(
    door: Door, source: str | None, recipe: str | None, period: str | None, areas: str | None, published: str | None,
    issuer: str | None, keep: bool, out: Path | None, listing: bool, form: str,
) -> None:  # fmt: skip
    """Điền số đã công bố vào biểu của cơ quan (chạy ngược công thức đọc), giữ nguyên mọi phần khác của biểu.

    Fill the published figures into an agency's own form (its recipe run backwards); all else of it stays as it is.

    \b
    Ví dụ · Examples:
      lienvung form --list
      lienvung form S12 -o bieu.xlsx
      lienvung form FDI.2020.xlsx --areas 74,75 --keep -o FDI.2020-74-75.xlsx
      lienvung form dan-so.csv --period 2017 -o dan-so-2017.csv
    """
    if listing:
        columns = ("recipe", "issuer", "dataflows", "indicators", "series", "files", "title")
        offers = offer_records(door.works.find_forms(door.actor), door.lang)
        if form == "table":
            offers = [o | {"dataflows": _short(o["dataflows"])} for o in offers]
        print_records(offers, columns, form)
        return
    if source is None:
        raise BadValue(value="", name="FORM", choices="S12, FILE, --list")
    asked = [a.strip() for a in (areas or "").split(",") if a.strip()]
    origin: Path | str = source if re.fullmatch(r"[Ss]\d+", source) and not Path(source).exists() else Path(source)
    made = door.works.fill_form(
        origin, door.actor, recipe=recipe, period=period, areas=asked, published=published, issuer=issuer, keep=keep
    )
    written = _write(origin, made.name, made.content, out) if out else None
    if form == "json":
        print_json(form_record(made, door.lang) | {"out": str(written) if written else None})
    elif form == "csv":
        print_records(form_record(made, door.lang)["cells"], ("sheet", "cell", "state", "held", "published"), form)
    else:
        click.echo(render_form(made, door.lang))
        if written:
            click.echo(door.say(f"Đã ghi {written}.", f"Wrote {written}."))


def _short(listed: str) -> str:
    parts = listed.split(", ")
    return listed if len(parts) <= 2 else f"{parts[0]}, {parts[1]} +{len(parts) - 2}"


def _write(source: Path | str, name: str, content: bytes, out: Path) -> Path:
    """Write the form whole or not at all, never over the form that it was made from, under an ending that fits."""
    suffix = Path(name).suffix.lower()
    is_itself = isinstance(source, Path) and out.resolve() == source.resolve()
    if is_itself or out.suffix.lower() != suffix:
        raise BadValue(value=str(out), name="--out", choices=f"{out.stem}-{'moi' if is_itself else ''}{suffix}")
    beside = out.with_name(out.name + ".part")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError:
        beside.unlink(missing_ok=True)
        raise BadValue(value=str(out), name="--out", choices=name) from None
    return out
