"""The page that the browser loads first: Streamlit's, in our language and under our name."""

from __future__ import annotations

import html
import re
import secrets
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from dashboard.texts import LANGUAGES, texts
from dashboard.wanted import BROWSER
from dashboard.web.messages import language_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

_NEVER = {"Cache-Control": "no-store"}
# A library of Streamlit's tries to compile a machine program for arithmetic with large numbers, and does without when there is no
# compiler. Taken away, none needs to be allowed.
_NO_COMPILER = "<script>delete globalThis.WebAssembly</script>"
_CHANGES = (
    (re.compile(r"<head>"), "<head>{no_compiler}{early}"),
    (re.compile(r"<html\b[^>]*>"), '<html lang="{language}">'),
    (re.compile(r"<title>.*?</title>", re.DOTALL), "<title>Samsyn</title>"),
    (re.compile(r"<noscript>.*?</noscript>", re.DOTALL), "<noscript><p>{noscript}</p></noscript>"),
    # It points to an interface that is closed here.
    (re.compile(r"<!--(?:(?!-->).)*?-->\s*<link rel=\"service-desc\"[^>]*>", re.DOTALL), ""),
)


def document(index: str, language: str, program: str = "") -> str:
    """Streamlit's index page with the language said and what is for others left out.

    `program`: address of a module that the page will ask for; it is then fetched beside Streamlit's own.
    """
    told = {
        "no_compiler": _NO_COMPILER,
        "early": f'<link rel="modulepreload" href="{html.escape(program)}">' if program else "",
        "language": language,
        "noscript": html.escape(texts(language)("web.noscript")),
    }
    for pattern, change in _CHANGES:
        index = pattern.sub(lambda _, change=change: change.format(**told), index, count=1)
    return index


def served(index: str, program: str = "") -> Callable[[Request], Awaitable[Response]]:
    """A route that answers with the page, in the language that the address asks for; `program` as in `document`."""
    pages = {language: document(index, language, program) for language in LANGUAGES}

    async def page(request: Request) -> Response:
        language = language_of(request.scope)
        answer = HTMLResponse(pages[language], headers=_NEVER | {"Content-Language": language})
        if BROWSER not in request.cookies:
            answer.set_cookie(BROWSER, secrets.token_urlsafe(16), httponly=True, samesite="lax")
        return answer

    return page
