"""``lienvung serve``: the portal and the API."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import click

from lienvung.cli.context import Door


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe · Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Cổng · Port.")
@click.option("--workers", default=1, show_default=True, help="Số tiến trình · Number of processes.")
@click.option("--init/--no-init", "prepare", default=True, help="Nạp gói nếu chưa nạp · Load the pack if needed.")
@click.option("--work/--no-work", "working", default=True, help="Kèm tiến trình làm việc đến hạn · With the worker.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int, workers: int, prepare: bool, working: bool) -> None:
    """Chạy cổng thông tin và API; nạp gói dữ liệu trước nếu kho chưa có.

    Serve the portal and the API, and the worker that publishes what was scheduled; loads the pack first if the store
    lacks it.

    \b
    Ví dụ · Examples:
      lienvung serve
      lienvung serve --port 9000 --workers 2
    """
    import uvicorn

    door: Door = ctx.obj
    if prepare:
        from lienvung.cli.init import command as init

        ctx.invoke(init)
    address = f"http://{host}:{port}"
    click.echo(door.say(f"Cổng thông tin: {address}  (Ctrl+C để dừng)", f"Portal: {address}  (Ctrl+C to stop)"))
    with worker() if working else nullcontext():
        uvicorn.run(
            "lienvung.app:serve_app", factory=True, host=host, port=port, workers=workers, log_level="warning",
            proxy_headers=False, server_header=False,
        )  # fmt: skip  # who is in front is said by LIENVUNG_PROXIES alone (gate/network.py)


@contextmanager
def worker() -> Iterator[None]:
    """``lienvung work`` as a process of its own beside the server; it ends with the server, however that ends.

    It holds the other end of a pipe: when this process is gone, even by kill -9, the pipe closes.
    """
    command = [sys.executable, "-c", "from lienvung.cli import main; main()", "work", "--with-parent"]
    beside = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own command
    try:
        yield
    finally:
        if beside.stdin:
            beside.stdin.close()
        try:
            beside.wait(10)
        except subprocess.TimeoutExpired:
            beside.kill()
            beside.wait()
