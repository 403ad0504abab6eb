"""What the pages of signing in, of one's account and of administration share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from lienvung.errors import HTTP_STATUSES, LienVungError, TooManyAttempts
from lienvung.gate import PRIVATE
from lienvung.web.answers import lang_of
from lienvung.web.links import LANGS, Links

Page = Callable[..., Response]


@dataclass(frozen=True)
class Problem:
    """What a form was refused for, above the form."""

    said: str
    todo: str


async def read_form(request: Request) -> FormData:
    """The fields of a form, read before the page's own work begins on a thread of its own."""
    return await request.form()


Posted = Annotated[FormData, Depends(read_form)]


def text_of(form: FormData, name: str) -> str:
    """A field of a form; a file or nothing is an empty text."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> list[str]:
    """Every value of a field, of check boxes for example."""
    return [v for v in form.getlist(name) if isinstance(v, str)]


def go(request: Request, address: str) -> Response:
    """On to a page after something was done."""
    return RedirectResponse(address, 303, {"Cache-Control": PRIVATE})


def links_of(request: Request) -> Links:
    """The addresses in the language of the page."""
    return Links(lang_of(request))


def safe_onward(address: str, otherwise: str) -> str:
    """Where to go after signing in: a page of ours, never another site.

    >>> safe_onward("/vi/ho-so/S12", "/vi/"), safe_onward("//evil.example/", "/vi/"), safe_onward("/vi\\\\x", "/vi/")
    ('/vi/ho-so/S12', '/vi/', '/vi/')
    """
    parts = urlsplit(address)
    is_ours = address.startswith(tuple(f"/{lang}/" for lang in LANGS)) and not parts.scheme and not parts.netloc
    is_plain = address.isprintable() and "\\" not in address and len(address) <= 500
    return quote(address, safe="/?&=%:@,.;+-_~!$'()*") if is_ours and is_plain else otherwise


def try_step(request: Request, page: Page, step: Callable[[], Response]) -> Response:
    """Take a step; what refuses it is said on the page that the form came from."""
    try:
        return step()
    except LienVungError as error:
        answer = page(status=HTTP_STATUSES[type(error)], problem=tell(request, error))
        if isinstance(error, TooManyAttempts):
            answer.headers["Retry-After"] = str(error.facts.get("seconds", 60))
        return answer


def tell(request: Request, error: LienVungError) -> Problem:
    """An error in the words of the page's language."""
    lang = lang_of(request)
    return Problem(error.message(lang), error.suggestion(lang))
