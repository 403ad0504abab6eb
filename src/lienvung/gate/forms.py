"""Forms that only our own pages can send."""

from __future__ import annotations

from fastapi import Request

FIELD = "ma_bieu_mau"
"""Name of the hidden field that every form of the portal carries."""


def form_token(request: Request) -> str:
    """What the forms of the page being made for this visitor carry; nothing for who is not signed in."""
    return str(getattr(request.state, "form_token", ""))
