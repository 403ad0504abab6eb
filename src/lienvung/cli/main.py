"""The command ``lienvung``: finds the command's file, loads only that, and turns errors into exit codes."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from lienvung.errors import EXIT_CODES, LienVungError

COMMANDS = {
    "init": "Tạo kho và nạp gói dữ liệu của vùng · Make the store and load the region's pack",
    "serve": "Chạy cổng thông tin và API · Serve the portal and the API",
    "submit": "Đọc, kiểm tra và nộp một tệp · Read, check and submit a file",
    "recipe": "Đề xuất, lưu công thức đọc bảng lạ · Propose and keep recipes for unknown tables",
    "inbox": "Việc cần làm của tôi · What waits for me, and what is owed",
    "approve": "Duyệt hồ sơ đã nộp · Approve a submission",
    "return": "Trả lại hồ sơ, có lý do · Return a submission, with a reason",
    "comment": "Nhận xét về hồ sơ hoặc ô · Comment on a submission or a cell",
    "publish": "Công bố hồ sơ đã duyệt, ngay hoặc hẹn giờ · Publish approved submissions, at once or at a moment",
    "withdraw": "Thu hồi hồ sơ đã công bố bằng đợt mới · Withdraw a published submission by a new release",
    "calendar": "Lịch báo cáo: ai nộp gì, hạn nào · Reporting calendar: who owes what by when",
    "work": "Làm những việc đến hạn · Do what is due",
    "get": "Lấy số liệu đã công bố · Get published figures",
    "form": "Điền số đã công bố vào biểu của cơ quan · Fill an agency's form with what is published",
    "trace": "Truy một con số về tận ô gốc · Trace one number down to its cell",
    "check": "Đối chiếu số liệu, chấp nhận, chọn số · Reconcile figures, accept, choose",
    "revisions": "Mọi lần công bố của một chuỗi, mức sửa · Every vintage of a series, size of revisions",
    "grow": "Tăng trưởng, bình quân, chỉ số gốc · Growth, averages, rebased indices",
    "plans": "Sổ quy hoạch và mục tiêu, đối chiếu · Register of plans and targets, compared",
    "sectors": "Ngành: lợi thế, trùng lặp, dư địa, phụ thuộc · Sectors: strengths, duplication, headroom",
    "analyse": "Theo dõi mục tiêu · Targets tracked",
    "pack": "Danh mục, kiểm tra gói, lấy mẫu nhập · Lists, pack check, templates",
    "login": "Đăng nhập trên dòng lệnh · Sign in on the command line",
    "user": "Tài khoản, vai trò, phiên · Accounts, roles, sessions",
    "token": "Mã truy cập cho API, dòng lệnh · Tokens for the API and the command line",
    "audit": "Kiểm tra, xuất nhật ký · Verify and export the audit",
    "doctor": "Khám kho, gói và môi trường · Examine store, pack and environment",
}
"""Name → one line of help; each command lives in the file of its name."""


class Commands(click.Group):
    """The commands, each imported only when it is used, so that ``--help`` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"lienvung.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading any."""
        with formatter.section("Lệnh · Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--lang", type=click.Choice(["vi", "en"]), help="Ngôn ngữ · Language (LIENVUNG_LANG).")
@click.version_option(package_name="lienvung")
@click.pass_context
def cli(ctx: click.Context, lang: str | None) -> None:
    """Liên Vùng: hệ thống thông tin của vùng kinh tế · the information system of an economic region.

    \b
    Ví dụ · Examples:
      lienvung init
      lienvung get GRDP_CUR --areas 74,75 --from 2016 --to 2022
      lienvung trace FDI_CAP_CUM 74 2020
      lienvung submit so-lieu.xlsx --dry-run

    \b
    Mã thoát · Exit codes: 0 xong/done · 1 lỗi khác/other · 2 câu hỏi/question · 3 tệp/file · 4 bố cục/layout
      5 danh mục/catalogue · 6 hồ sơ/submission · 7 kho/store · 8 không có số liệu/nothing found · 9 tệp có lỗi/findings
    """
    from lienvung.cli.context import Door

    ctx.obj = Door(lang)


def main() -> None:
    """Run a command; an error of ours prints what happened and what to do, never a traceback."""
    try:
        code = cli(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except LienVungError as error:
        lang = _lang()
        click.echo(f"{'Lỗi' if lang == 'vi' else 'Error'}: {error.message(lang)}", err=True)
        if error.suggestion(lang):
            click.echo(f"{'Cách xử lý' if lang == 'vi' else 'What to do'}: {error.suggestion(lang)}", err=True)
        sys.exit(EXIT_CODES[type(error)])
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(0)


def _lang() -> str:
    import os

    for at, word in enumerate(sys.argv):
        if word == "--lang" and at + 1 < len(sys.argv):
            return sys.argv[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return "en" if os.environ.get("LIENVUNG_LANG", "").lower() == "en" else "vi"
