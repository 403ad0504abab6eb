"""Is a text written two bytes a letter? Told from its mark, or from where its NUL bytes stand."""

from __future__ import annotations


def utf16_codec(data: bytes) -> str:
    """Python's name of the codec of a text in UTF-16; empty for any other.

    >>> utf16_codec("a,b".encode("utf-16-le")), utf16_codec("a,b".encode("utf-16-be")), utf16_codec(b"a,b")
    ('utf-16-le', 'utf-16-be', '')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # ASCII signs have one NUL of two bytes, always on the same side; a combining grave, U+0300, has it on the other
    if len(data) % 2 or max(even, odd) * 4 <= len(head) or min(even, odd) * 5 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"
