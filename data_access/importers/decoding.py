"""Bytes to text: which encoding a file from an unknown program is in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

import charset_normalizer

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LETTERS = "åäöÅÄÖéÉüÜæøÆØ"
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
_WELL_FORMED = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 200_000
_NULS = 0.2
_KNOWN = re.compile(
    r"ascii|utf-(8|16|32)(-sig|-le|-be)?|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|tis-620|hp-roman8|gb\w+|big5\w*|euc_\w+|shift_jis\w*"
)
"""Encodings of files. Python also knows some of addresses and of programs' texts, which take time that grows squared."""


def decode(source: SourceFile, encoding: str | None = None) -> tuple[str, str, bool]:
    """Return the text, the name of its encoding, and whether single bytes had to be read in another encoding.

    An explicit `encoding` wins. Raises `ImportRefused`: encoding_unknown.
    """
    name = encoding or guess_encoding(source.content)
    if not _is_known(name):
        raise ImportRefused(reason="encoding_unknown", encoding=name[:80], file=source.name)
    try:
        return source.content.decode(name), name, False
    except UnicodeDecodeError as error:
        if name.replace("_", "-") in {"utf-8", "utf-8-sig"}:
            return source.content.decode(name, errors="samsyn_cp1252"), name, True
        if name == "cp1252":
            return source.content.decode("latin-1"), "latin-1", False
        raise ImportRefused(reason="encoding_unknown", encoding=name, file=source.name) from error


def _is_known(encoding: str) -> bool:
    try:
        return _KNOWN.fullmatch(codecs.lookup(encoding).name) is not None
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return False


def guess_encoding(content: bytes) -> str:
    """Return a byte order mark's encoding, UTF-16 by its NULs, UTF-8 where it fits, else the likeliest one-byte one."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    head = content[:_SAMPLE]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[start::2].count(0) > _NULS * len(head) and head[1 - start :: 2].count(0) == 0:
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_one_byte(content)
    return "utf-8"


def _guess_one_byte(content: bytes) -> str:
    high = content.translate(None, bytes(range(0x80)))
    first = next(_HIGH.finditer(content)).start()
    head = content[first : first + _SAMPLE]
    in_utf8 = sum(len(match) for match in _WELL_FORMED.findall(head))
    if in_utf8 > len(head.translate(None, bytes(range(0x80)))) / 2:
        return "utf-8"
    scores = {name: sum(high.count(letter) for letter in _bytes_of(name)) for name in _ONE_BYTE}
    best = max(_ONE_BYTE, key=lambda name: scores[name])
    if scores[best]:
        return best
    match = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    return match.encoding if match else "cp1252"


def _bytes_of(encoding: str) -> list[bytes]:
    return [letter.encode(encoding, "ignore") for letter in _LETTERS if letter.encode(encoding, "ignore")]


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("samsyn_cp1252", _read_as_cp1252)
