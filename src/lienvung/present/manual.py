"""The manual of the API as a page without script or outside addresses."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Any

_WORDS = {
    "vi": {
        "title": "API của Liên Vùng",
        "lead": "Mọi số liệu đã công bố đều đọc được qua API, không cần đăng ký. Mô tả cho máy đọc:",
        "parameter": "Tham số", "meaning": "Ý nghĩa", "example": "Ví dụ", "try": "Thử", "home": "Trang chủ",
        "path": "phần của địa chỉ", "needed": "bắt buộc", "other": "English",
    },
    "en": {
        "title": "The API of Liên Vùng",
        "lead": "Everything published can be read through the API, without registration. For machines:",
        "parameter": "Parameter", "meaning": "Meaning", "example": "Example", "try": "Try", "home": "Home",
        "path": "part of the address", "needed": "needed", "other": "Tiếng Việt",
    },
}  # fmt: skip
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1a1a1a;background:#fff}"
    "code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc}"
    "h2{margin-top:2.5rem;font-size:1.1rem}a{color:#0b4f8a}.scroll{overflow-x:auto}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8ec5ff}th,td{border-color:#444}}"
)


STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
"""Names the page's own style to the browser, so that no other can be slipped in."""


def render_manual(openapi: dict[str, Any], lang: str) -> str:
    """The page in ``vi`` or ``en``, from an OpenAPI document that carries ``x-en`` beside its Vietnamese sentences."""
    words = _WORDS["vi" if lang == "vi" else "en"]
    routes = "".join(
        _route(method.upper(), path, operation, lang, words)
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    )
    other = "en" if lang == "vi" else "vi"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{words["title"]}</title>'
        f'<style>{_STYLE}</style></head><body><header><nav><a href="/{lang}/">{words["home"]}</a> · '
        f'<a href="/api/docs?lang={other}" hreflang="{other}" lang="{other}">{words["other"]}</a></nav></header>'
        f'<main><h1>{words["title"]}</h1><p>{words["lead"]} <a href="/api/openapi.json">/api/openapi.json</a></p>'
        f"{routes}</main></body></html>"
    )


def _route(method: str, path: str, operation: dict[str, Any], lang: str, words: dict[str, str]) -> str:
    sentence = operation["summary"] if lang == "vi" else operation.get("x-en", operation["summary"])
    example = operation.get("x-example", "")
    link = f'<p>{words["try"]}: <a href="{escape(example)}"><code>{escape(example)}</code></a></p>' if example else ""
    rows = "".join(_parameter(p, lang, words) for p in operation.get("parameters", []))
    head = f"<th>{words['parameter']}</th><th>{words['meaning']}</th><th>{words['example']}</th>"
    table = f'<div class="scroll" tabindex="0"><table><tr>{head}</tr>{rows}</table></div>' if rows else ""
    return f"<section><h2><code>{method} {escape(path)}</code></h2><p>{escape(sentence)}</p>{link}{table}</section>"


def _parameter(parameter: dict[str, Any], lang: str, words: dict[str, str]) -> str:
    said = parameter.get("description", "") if lang == "vi" else parameter.get("x-en", "")
    kind = words["path"] if parameter["in"] == "path" else words["needed"] if parameter.get("required") else ""
    meaning = " · ".join(filter(None, (said, kind)))
    shown = parameter.get("example", "")
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{escape(meaning)}</td>"
        f"<td><code>{escape(str(shown))}</code></td></tr>"
    )
