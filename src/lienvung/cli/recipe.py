"""``lienvung recipe``: how an unknown table is to be read: proposed, corrected, confirmed, remembered."""

from __future__ import annotations

from pathlib import Path

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.errors import BadValue


@click.group("recipe")
def command() -> None:
    """Công thức đọc: đề xuất cho bảng lạ, xác nhận, ghi nhớ.

    Recipes: proposed for an unknown table, confirmed by a person, remembered.

    \b
    Ví dụ · Examples:
      lienvung recipe propose nien-giam.xlsx --set area=74 --set issuer=PROV_74 --out nien-giam.yaml
      lienvung recipe add nien-giam.yaml
      lienvung submit nien-giam.xlsx --dry-run
    """


def _answers(pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise BadValue(value=pair, name="--set", choices="area=74, issuer=GSO, 1.indicator=POP_AVG")
    return {k.strip(): v.strip() for k, _, v in (p.partition("=") for p in pairs)}


@command.command("propose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--set", "pairs", multiple=True, metavar="TÊN=MÃ", help="Quyết định · A decision: area=74, 2.indicator=CODE."
)
@click.option("--mend", help="Sửa công thức đã có cho bố cục mới · Mend this recipe for a layout that drifted.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Tệp .yaml sẽ ghi · YAML file to write.")
@format_option
@click.pass_obj
def propose(door: Door, file: Path, pairs: tuple[str, ...], mend: str | None, out: Path | None, form: str) -> None:
    """Tìm các bảng trong tệp và đề xuất nghĩa của từng phần, kèm căn cứ; '?' là chỗ cần người chọn.

    Find the tables of a file and propose what each part means, with the evidence; '?' is for a person to choose.

    \b
    Ví dụ · Examples:
      lienvung recipe propose nien-giam.xlsx --set area=74 --set issuer=PROV_74
      lienvung recipe propose bieu.xls --set tables=2,5 --set 2.indicator=POP_AVG --out bieu.yaml
      lienvung recipe propose thang-2.xlsx --mend bieu-thang --out bieu-thang.yaml
    """
    proposal = door.works.propose_recipe(file, _answers(pairs), mend)
    if out:
        out.write_text(proposal.as_yaml(), "utf-8")
    records = [
        {
            "path": d.path, "chosen": d.chosen, "confidence": d.confidence, "place": d.place,
            "evidence": door.say(d.evidence_vi, d.evidence_en), "choices": ", ".join(d.choices),
        }
        for d in sorted(proposal.decisions, key=lambda d: d.chosen != "?")
    ]  # fmt: skip
    if form == "json":
        print_json({"recipe": proposal.recipe.id, "open": len(proposal.open), "decisions": records,
                    "layout": proposal.recipe.layout, "out": str(out) if out else None})  # fmt: skip
        return
    print_records(records, ("path", "chosen", "confidence", "evidence", "choices"), form)
    if form == "table":
        tables, count = len(proposal.recipe.layout["tables"]), len(proposal.open)
        click.echo(
            door.say(f"{tables} bảng; {count} điểm cần chọn ('?').", f"{tables} tables; {count} to choose ('?').")
        )
        if out:
            click.echo(door.say(f"Đã ghi {out}. Tiếp theo: sửa nếu cần, rồi 'lienvung recipe add {out}'.",
                                f"Written: {out}. Next: correct it, then 'lienvung recipe add {out}'."))  # fmt: skip


@command.command("add")
@click.argument("recipe", type=click.Path(path_type=Path))
@click.pass_obj
def add(door: Door, recipe: Path) -> None:
    """Kiểm tra một công thức và lưu thành phiên bản mới · Check a recipe and keep it as a new version.

    \b
    Ví dụ · Examples:
      lienvung recipe add nien-giam.yaml
    """
    kept, version, asked = door.works.keep_recipe(recipe, door.actor)
    click.echo(
        door.say(f"Đã lưu công thức {kept.id}, phiên bản {version}.", f"Kept: recipe {kept.id}, version {version}.")
    )
    if asked:
        click.echo(door.say(f"Còn {asked} điểm '?': tệp đọc theo công thức này sẽ báo lỗi ở đó và chưa công bố được.",
                            f"{asked} points are still '?': files read by it will have errors there."))  # fmt: skip


@command.command("list")
@format_option
@click.pass_obj
def list_kept(door: Door, form: str) -> None:
    """Các công thức đã lưu và số phiên bản · The recipes kept here, with their versions.

    \b
    Ví dụ · Examples:
      lienvung recipe list
      lienvung recipe list --format json
    """
    records = [
        {
            "id": r.id,
            "version": v,
            "reader": r.reader,
            "issuer": r.issuer,
            "title_vi": r.title_vi,
            "title_en": r.title_en,
        }
        for r, v in door.works.kept_recipes()
    ]
    print_records(records, ("id", "version", "reader", "issuer", f"title_{door.lang}"), form)


@command.command("show")
@click.argument("recipe")
@click.option("--version", type=int, help="Phiên bản · Version; mới nhất nếu bỏ trống · the newest if left out.")
@click.pass_obj
def show(door: Door, recipe: str, version: int | None) -> None:
    """In một công thức đã lưu (chuyển vào gói: ghi ra tệp trong recipes/) · Print a kept recipe, for a pack's recipes/.

    \b
    Ví dụ · Examples:
      lienvung recipe show nien-giam
      lienvung recipe show nien-giam --version 1 > packs/southern/recipes/nien-giam.yaml
    """
    click.echo(door.works.recipe_text(recipe, version), nl=False)
