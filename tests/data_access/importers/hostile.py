"""Files that were made to harm whoever opens them, each made in memory when it is asked for."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Door = Literal["incidents", "areas"]
READ = "read"
"""Instead of a reason: the file is read within the limits, and nothing else happens."""


@dataclass(frozen=True)
class Hostile:
    """A file, the door it was made for, and what that door may answer (reasons, or `READ`)."""

    name: str
    file_name: str
    door: Door
    answers: tuple[str, ...]
    make: Callable[[], bytes]


FILES: dict[str, Hostile] = {}


def hostile(
    door: Door, file_name: str, *answers: str
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Put what makes a file among the `FILES` under the function's name."""

    def registered(make: Callable[[], bytes]) -> Callable[[], bytes]:
        FILES[make.__name__] = Hostile(make.__name__, file_name, door, answers, make)
        return make

    return registered


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], stored: bool = False) -> bytes:
    """An archive of members in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
