"""``lienvung audit``: whether the audit's chain holds; the chain as a file that can be verified alone."""

from __future__ import annotations

from pathlib import Path

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.cli.user import operator
from lienvung.errors import EXIT_FINDINGS


@click.group("audit")
def command() -> None:
    """Nhật ký: chuỗi có nguyên vẹn không; xuất thành tệp tự kiểm được.

    The audit: whether its chain holds; exported as a file that can be verified alone.

    \b
    Ví dụ · Examples:
      lienvung audit verify
      lienvung audit export -o nhat-ky.jsonl
    """


@command.command("verify")
@format_option
@click.pass_context
def verify(ctx: click.Context, form: str) -> None:
    """Tìm dòng bị sửa, xóa, đổi chỗ, cắt cụt, chèn thêm hay viết lại; mã thoát 9 nếu có.

    Find entries changed, removed, reordered, cut off, inserted or rewritten; exit code 9 if there are any.

    \b
    Ví dụ · Examples:
      lienvung audit verify
      lienvung audit verify --format json
    """
    door: Door = ctx.obj
    number, hashed, flaws = door.world.identity.audit_flaws()
    if form == "json":
        print_json({"entries": number, "head": hashed, "flaws": [{"number": f.number, "kind": f.kind} for f in flaws]})
    elif flaws:
        print_records([{"number": f.number, "kind": f.kind} for f in flaws], ("number", "kind"), form)
    else:
        click.echo(
            door.say(f"Nguyên vẹn: {number} dòng, đầu chuỗi {hashed}", f"It holds: {number} entries, head {hashed}")
        )
    ctx.exit(EXIT_FINDINGS if flaws else 0)


@command.command("export")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Tệp · File.")
@click.pass_obj
def export(door: Door, out: Path) -> None:
    """Xuất toàn bộ nhật ký (JSON Lines); kiểm bằng docs/verify_audit.py, chỉ cần tệp.

    Export the whole audit (JSON Lines); docs/verify_audit.py verifies it from the file alone.

    \b
    Ví dụ · Examples:
      lienvung audit export -o nhat-ky.jsonl
    """
    from lienvung.workflow.actors import Right

    by, is_operator = operator(door)
    if not is_operator:
        by.require(Right.READ_AUDIT)
    count = 0
    beside = out.with_name(out.name + ".part")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        for line in door.world.identity.export_entries(by):
            stream.write(line + "\n")
            count += 1
    beside.replace(out)
    click.echo(door.say(f"Đã ghi {out}: {count - 1} dòng.", f"Wrote {out}: {count - 1} entries."), err=True)
