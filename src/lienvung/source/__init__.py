"""Get the bytes, keep them unchanged, note where and when."""

from lienvung.source.files import SIZE_LIMIT, fetch_bytes, fetch_file

__all__ = ["SIZE_LIMIT", "fetch_bytes", "fetch_file"]
