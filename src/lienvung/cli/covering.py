"""The covering document of a submission on the command line: its options, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lienvung.cli.context import Door
from lienvung.cli.output import print_json
from lienvung.errors import BadValue
from lienvung.present.covering import NO_LETTER, covering_record, render_covering, say

if TYPE_CHECKING:
    from lienvung.pipeline import Letter
    from lienvung.workflow.covering import Covering

_FILE = click.Path(path_type=Path, dir_okay=False)
_OPTIONS = (
    click.option("--covering", metavar="1234/BC-CTK", help="Số, ký hiệu văn bản kèm theo · Its number."),
    click.option("--covering-date", metavar="2026-11-02", help="Ngày văn bản · Its date."),
    click.option("--signed-by", metavar="TÊN", help="Người ký văn bản · Who signed it."),
    click.option("--signer-title", metavar="CHỨC VỤ", default="", help="Chức vụ người ký · The signer's title."),
    click.option("--abstract", metavar="TRÍCH YẾU", default="", help="Trích yếu · What it is about."),
    click.option("--signed-file", metavar="CV.pdf", type=_FILE, help="Tệp văn bản đã ký · Its signed file."),
    click.option("--signature", metavar="CV.p7s", type=_FILE, help="Tệp chữ ký rời · A detached signature."),
)


def covering_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a covering document; they arrive in ``letter_of``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def letter_of(given: Mapping[str, Any]) -> Letter | None:
    """The covering document that the options name; None if none was named.

    Raises:
        BadValue: it is named in part only.
    """
    from lienvung.pipeline import Letter

    needed = {"--covering": given["covering"], "--covering-date": given["covering_date"],
              "--signed-by": given["signed_by"]}  # fmt: skip
    if not any((*needed.values(), given["signer_title"], given["abstract"], given["signed_file"], given["signature"])):
        return None
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise BadValue(value="", name=missing[0], choices=", ".join(needed))
    return Letter(
        given["covering"], given["covering_date"], given["signed_by"], signer_title=given["signer_title"],
        abstract=given["abstract"], file=given["signed_file"], detached=given["signature"],
    )  # fmt: skip


def covering_json(door: Door, submission: str) -> dict[str, object] | None:
    """The covering document that counts, as plain values."""
    found = door.works.covering_of(submission, door.actor)
    return covering_record(found.document, found.by, found.at, door.lang) if found else None


def print_attached(door: Door, found: Covering, form: str) -> None:
    """Print a covering document that was just kept."""
    if form == "json":
        print_json(covering_record(found.document, found.by, found.at, door.lang))
    else:
        click.echo(render_covering(found.document, found.by, found.at, door.lang))


def print_covering(door: Door, submission: str) -> None:
    """Print the covering documents of a submission, the newest first."""
    found = door.works.coverings(submission, door.actor)
    if not found:
        click.echo(say(NO_LETTER, door.lang))
    for number, each in enumerate(found):
        if number == 1:
            click.echo(door.say("Bản trước (vẫn được lưu):", "Before it (still kept):"))
        click.echo(render_covering(each.document, each.by, each.at, door.lang))
