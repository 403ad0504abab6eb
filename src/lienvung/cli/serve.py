"""``lienvung serve``: the portal and the API."""

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe · Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Cổng · Port.")
@click.option("--workers", default=1, show_default=True, help="Số tiến trình · Number of processes.")
@click.option("--init/--no-init", "prepare", default=True, help="Nạp gói nếu chưa nạp · Load the pack if needed.")
@click.pass_context
def command(ctx: click.Context, host: str, port: int, workers: int, prepare: bool) -> None:
    """Chạy cổng thông tin và API; nạp gói dữ liệu trước nếu kho chưa có.

    Serve the portal and the API; loads the pack first if the store lacks it.

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
    uvicorn.run("lienvung.app:serve_app", factory=True, host=host, port=port, workers=workers, log_level="warning")
