"""Verify the signatures of a file in a child process with bounded time and memory and no network.

A PDF may lead in circles, a package may unpack without end: the child stops, and the reader is told that the
file could not be examined. This file imports nothing of ours at its head, so that the child can set its own
import path first.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lienvung.domain.signatures import SignatureReport


@dataclass(frozen=True)
class Limits:
    """The bounds of one examination; beyond them the report says what could not be examined."""

    file_bytes: int = 100 * 2**20
    detached_bytes: int = 2 * 2**20
    xml_bytes: int = 20 * 2**20
    unpacked_bytes: int = 300 * 2**20
    parts: int = 10_000
    signatures: int = 20
    references: int = 10_000
    certificates: int = 50
    seconds: int = 60
    memory_bytes: int = 3 * 2**30


LIMITS = Limits()


def inspect_signatures(
    data: bytes, trust: Path, detached: bytes | None = None, moment: datetime | None = None, limits: Limits = LIMITS
) -> SignatureReport:
    """Every signature on a file, and on the signature file beside it, each with its state.

    Args:
        data: the file, of any kind. detached: the bytes of a .p7s or .p7m beside it.
        trust: folder of trusted certificates (PEM or DER); it need not exist.
        moment: now, naive UTC.
    """
    from lienvung.domain.signatures import SignatureReport
    from lienvung.errors import Both

    if len(data) > limits.file_bytes or len(detached or b"") > limits.detached_bytes:
        most = f"{limits.file_bytes >> 20} MB / {limits.detached_bytes >> 20} MB"
        return SignatureReport(
            (), Both(f"tệp quá lớn để kiểm tra chữ ký số (tối đa {most})", f"too large to examine (at most {most})")
        )
    now = (moment or datetime.now(UTC).replace(tzinfo=None)).isoformat()
    order = {"path": [p for p in sys.path if p], "size": len(data), "has_detached": detached is not None,
             "trust": str(trust), "now": now, "limits": vars(limits)}  # fmt: skip
    command = [sys.executable, "-I", "-S", str(Path(__file__).resolve()), json.dumps(order)]
    try:
        child = subprocess.run(  # noqa: S603 - our own file, its arguments are not read by a shell
            command, input=data + (detached or b""), capture_output=True, timeout=limits.seconds * 1.5, check=False,
            env={k: v for k, v in os.environ.items() if k in ("LANG", "LC_ALL", "SYSTEMROOT")},
        )  # fmt: skip
        return SignatureReport.from_record(json.loads(child.stdout))
    except subprocess.TimeoutExpired:
        why = Both(f"quá {limits.seconds} giây", f"more than {limits.seconds} s")
    except (ValueError, KeyError, TypeError):
        why = Both("tệp đòi quá nhiều bộ nhớ hoặc thời gian", "it asks for too much memory or time")
    return SignatureReport(
        (), Both(f"không kiểm tra được chữ ký số: {why.vi}", f"signatures could not be examined: {why.en}")
    )


def _forbid_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system"):
        raise PermissionError(event)


def _answer_parent() -> None:
    """Examine what stands on standard input as the argument orders; write the report to standard output."""
    order = json.loads(sys.argv[1])
    sys.path[:0] = order["path"]
    limits = Limits(**order["limits"])
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import logging

    logging.disable(logging.CRITICAL)
    from lienvung.validate.signatures.examination import examine

    sys.addaudithook(_forbid_network)
    content = sys.stdin.buffer.read()
    data, detached = content[: order["size"]], content[order["size"] :] if order["has_detached"] else None
    now = datetime.fromisoformat(order["now"]).replace(tzinfo=UTC)
    try:
        report = examine(data, detached, Path(order["trust"]), now, limits)
    except Exception as error:
        from lienvung.domain.signatures import SignatureReport
        from lienvung.errors import Both

        why = type(error).__name__
        report = SignatureReport((), Both(f"không kiểm tra được chữ ký số ({why})", f"not examined ({why})"))
    sys.stdout.write(json.dumps(report.as_record()))


if __name__ == "__main__":
    _answer_parent()
