"""Cookies that came by TLS stay with TLS."""

from __future__ import annotations

# The page's program reads this one and sends it back as a header, which proves that it is our page that asks.
_READ_BY_THE_PAGE = b"_streamlit_xsrf="


def guarded(cookie: bytes) -> bytes:
    """A Set-Cookie header with Secure, HttpOnly and SameSite=Lax; what it says more strictly itself is kept."""
    names = {part.strip().partition(b"=")[0].lower() for part in cookie.split(b";")[1:]}
    if b"secure" not in names:
        cookie += b"; Secure"
    if b"httponly" not in names and not cookie.startswith(_READ_BY_THE_PAGE):
        cookie += b"; HttpOnly"
    if b"samesite" not in names:
        cookie += b"; SameSite=Lax"
    return cookie
