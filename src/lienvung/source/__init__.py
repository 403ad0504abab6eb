"""Get the bytes, keep them unchanged, note where and when."""

from lienvung.source.files import SIZE_LIMIT, fetch_bytes, fetch_file
from lienvung.source.papers import tell_paper_kind, tell_signature_kind

__all__ = ["SIZE_LIMIT", "fetch_bytes", "fetch_file", "tell_paper_kind", "tell_signature_kind"]
