"""Take a file as it was handed in: read it, refuse what cannot be read, keep the bytes under their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lienvung.domain.handovers import RawFile
from lienvung.errors import Both, DamagedFile, FileMissing, FileTooLarge, WrongFileType
from lienvung.source.kinds import tell_kind

Tell = Callable[[str, bytes], str]
"""Name and content → kind, or a refusal."""
SIZE_LIMIT = 200 * 1024 * 1024
"""The largest file that is taken, in bytes."""


def fetch_file(path: Path, keep: Path, *, received: datetime | None = None, tell: Tell = tell_kind) -> RawFile:
    """Read a file from disk and keep its bytes unchanged as ``keep/<sha256>``.

    Args:
        tell: what it may be: a file of figures, if nothing else is said (``papers`` knows covering documents).

    Raises:
        FileMissing: no such file, or no right to read it.
        WrongFileType: a folder, a device, or content that is no table whatever its name says.
        FileTooLarge, DamagedFile, EncryptedFile: as their names say.
    """
    try:
        if path.is_dir():
            raise WrongFileType(file=path.name, found=Both("đây là một thư mục", "it is a folder"))
        size = path.stat().st_size
        if not path.is_file():
            raise WrongFileType(file=path.name, found=Both("không phải tệp thường", "it is not an ordinary file"))
        _refuse_size(path.name, size)
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError):
        raise FileMissing(file=path) from None
    return fetch_bytes(path.name, data, keep, received=received, tell=tell)


def fetch_bytes(
    name: str, data: bytes, keep: Path, *, received: datetime | None = None, tell: Tell = tell_kind
) -> RawFile:
    """Take bytes that were sent (an upload) under the name that the sender gave them.

    Raises:
        FileTooLarge, DamagedFile, EncryptedFile, WrongFileType: as for ``fetch_file``.
    """
    name = Path(name.replace("\\", "/")).name or "?"
    _refuse_size(name, len(data))
    if not data:
        raise DamagedFile(file=name, found=Both("tệp rỗng (0 byte)", "the file is empty (0 bytes)"))
    kind = tell(name, data)
    sha256 = hashlib.sha256(data).hexdigest()
    moment = received or datetime.now(UTC).replace(tzinfo=None)
    return RawFile(name, _keep(data, sha256, keep), sha256, len(data), kind, moment)


def _refuse_size(name: str, size: int) -> None:
    if size > SIZE_LIMIT:
        raise FileTooLarge(file=name, size=f"{size / 2**20:.0f} MB", limit=f"{SIZE_LIMIT / 2**20:.0f} MB")


def _keep(data: bytes, sha256: str, keep: Path) -> Path:
    """Write the bytes once, whole or not at all; a copy that was damaged since is replaced."""
    keep.mkdir(parents=True, exist_ok=True)
    target = keep / sha256
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256:
        return target
    descriptor, temporary = tempfile.mkstemp(dir=keep, prefix=".incoming-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(keep)
    return target


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system lets a folder be synced."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
