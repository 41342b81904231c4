"""PDF by Typst: fixed templates that read their words from JSON, so that no text of a person is ever markup."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import font_source_sans_pro
import typst

from dashboard.look import look
from dashboard.reports.export import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts

FONT = "Source Sans Pro"
FONT_FOLDER = font_source_sans_pro.font_directory
_TEMPLATES = package_files("dashboard.reports") / "templates"
_STANDARD = "ua-1"  # tagged, with title, language and a description of every picture
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FRAME = "frame"


@dataclass(frozen=True)
class Section:
    """A part of a report: Typst source that shows it, and the files it reads, by name."""

    source: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def plain(text: str) -> str:
    """Text on one line, without signs that nobody sees but that turn what is read."""
    return " ".join(_REORDERING.sub("", UNWRITABLE.sub("", text)).split())


def data(value: Any) -> bytes:
    """JSON that a template reads: every text within is plain."""
    return json.dumps(_plain(value), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def template(name: str, file: str) -> str:
    """Source that shows the JSON of a file through the template `name`, which has a function of the same name."""
    return f'#import "{name}.typ": {name}\n#{name}(json("{file}"))\n'


def document(
    sections: Sequence[Section], texts: Texts, *, title: str, municipality: str, source: str, printed: date
) -> bytes:
    """A4 pages of sections: below each the municipality, the day it was printed, page x of y, and the source line."""
    colours = look("light")
    frame = {
        "title": title,
        "language": texts.language,
        "municipality": municipality,
        "printed": texts("effect_report.printed", day=texts.date(printed)),
        "day": [printed.year, printed.month, printed.day],
        "page": texts("effect_report.page"),
        "of": texts("effect_report.of"),
        "source": source,
        "font": FONT,
        "colours": {name: getattr(colours, name) for name in ("text", "muted", "accent", "line", "panel")},
    }
    body = "\n#pagebreak(weak: true)\n".join(section.source for section in sections)
    head = '#import "frame.typ": frame\n#show: frame.with(json("frame.json"))\n'
    files = {name: body for section in sections for name, body in section.files.items()}
    return compiled(head + body, files | {"frame.json": data(frame)})


def compiled(source: str, files: Mapping[str, bytes]) -> bytes:
    """PDF of Typst source that may read the templates and `files` by name, and nothing else.

    Raises `typst.TypstError` for source that is none.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for one in _TEMPLATES.iterdir():
            (root / one.name).write_bytes(one.read_bytes())
        for name, body in files.items():
            (root / name).write_bytes(body)
        main = root / "main.typ"
        main.write_text(source, "utf-8")
        return _made(main)


def _made(main: Path) -> bytes:
    """By the standard where it can be held: it refuses a sign that no font has, and a report must not fail for one."""
    try:
        return typst.compile(main, root=main.parent, font_paths=_fonts(), pdf_standards=_STANDARD)
    except typst.TypstError:
        return typst.compile(main, root=main.parent, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Ours first; those of the machine for signs that ours lack."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[FONT_FOLDER])


def figure(chart: Chart, file: str) -> dict[str, str]:
    """A picture in a file, with the words around it, as templates take it."""
    return {
        "file": file,
        "title": chart.title,
        "unit": chart.unit,
        "description": chart.description,
        "notes": " ".join(chart.notes),
    }
