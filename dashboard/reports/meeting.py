"""The report of a weekly meeting as PDF, as mail in HTML, and as plain text."""

from __future__ import annotations

from html import escape
from textwrap import fill
from typing import TYPE_CHECKING, Any

from dashboard.look import look
from dashboard.reports.export import drawing, picture
from dashboard.reports.meeting_parts import FIRM, PICTURES_AFTER, parts
from dashboard.reports.typst import FONT, FONT_FOLDER, Section, data, document, figure, plain, template
from dashboard.situation.meeting_words import INTERVENTION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.charts.chart import Chart
    from dashboard.reports.meeting_parts import Column, Part
    from dashboard.situation.meeting_words import MeetingWords
    from dashboard.texts import Texts

BESIDE = ("map", "hours")
"""Charts of these names stand beside each other; every other one is as wide as the page."""
_WIDE_PX, _NARROW_PX, _INTERVENTION_PX = 680, 330, 470
_HEIGHTS_PX = {"map": 190}
_MAIL_PX = 640
_LINE = 76  # characters
_COLOURS = ("text", "muted", "line", "accent", "panel", "warning")


def pdf(words: MeetingWords, charts: Mapping[str, Chart], texts: Texts, *, printed: date) -> bytes:
    """The report on A4, dated `printed`."""
    return document(
        [section(words, charts, texts)],
        texts,
        title=words.title,
        municipality=words.municipality,
        source=words.source,
        printed=printed,
    )


def section(words: MeetingWords, charts: Mapping[str, Chart], texts: Texts) -> Section:
    """The report as a part of another one."""
    files: dict[str, bytes] = {}
    figures: dict[str, dict[str, Any]] = {}
    for place, (name, chart) in enumerate(charts.items()):
        file, is_narrow = f"meeting-{place}.svg", _is_beside(name, charts)
        wide = _INTERVENTION_PX if _is_of_intervention(name) else _WIDE_PX
        files[file] = drawing(
            chart,
            _NARROW_PX if is_narrow else wide,
            font=FONT,
            font_folder=FONT_FOLDER,
            height_px=_HEIGHTS_PX.get(name) if is_narrow else None,
        )
        figures[name] = _figure(chart, file, is_narrow=is_narrow)
    shown = {
        "title": words.title,
        "status": words.status,
        "parts": [_told(one, figures) for one in parts(words, texts, has_pictures=_has_pictures(charts))],
        "pictures_after": PICTURES_AFTER,
        "firm": FIRM,
        "pictures": [one for name, one in figures.items() if not _is_of_intervention(name)],
        "colours": {name: getattr(look("light"), name) for name in _COLOURS},
    }
    return Section(template("meeting", "meeting.json"), files | {"meeting.json": data(shown)})


def html(words: MeetingWords, charts: Mapping[str, Chart], texts: Texts) -> str:
    """The report as a mail that needs nothing from elsewhere: its pictures are those of `pictures`, attached beside it."""
    colours = {name: getattr(look("light"), name) for name in _COLOURS}
    body = [
        f'<h1 style="font-size:22px;margin:0 0 4px">{_escaped(words.title)}</h1>',
        f'<p style="margin:0;color:{colours["muted"]}">{_escaped(words.status)}</p>',
    ]
    for part in parts(words, texts, has_pictures=_has_pictures(charts)):
        body += [_html_head(part.head), *_html_part(part, charts, colours)]
    line = f"border-top:1px solid {colours['line']};margin:28px 0 0;padding-top:8px"
    foot = " · ".join(filter(None, (_escaped(words.municipality), _escaped(words.source))))
    body.append(f'<p style="{line};font-size:12px;color:{colours["muted"]}">{foot}</p>')
    style = f"max-width:{_MAIL_PX}px;margin:0 auto;padding:16px;color:{colours['text']};font:15px/1.45 Arial,sans-serif"
    return (
        f'<!doctype html>\n<html lang="{texts.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_escaped(words.title)}</title>\n</head>\n"
        f'<body style="margin:0;background:#ffffff">\n<div style="{style}">\n'
        + "\n".join(body)
        + "\n</div>\n</body>\n</html>\n"
    )


def pictures(charts: Mapping[str, Chart]) -> dict[str, bytes]:
    """PNG of each chart by the content id that `html` names it by."""
    return {_content_id(name): picture(chart, _MAIL_PX) for name, chart in charts.items()}


def text(words: MeetingWords, texts: Texts) -> str:
    """The report for whoever reads mail without HTML: the same words, without pictures."""
    title = plain(words.title)
    blocks = ["\n".join(filter(None, (title, "=" * min(len(title), _LINE), _wrapped(words.status))))]
    for part in parts(words, texts):
        rows = [_text_row(part, row) for row in part.rows]
        said = [
            _wrapped(one, "* " if place >= part.listed_from else "")
            for place, one in enumerate(part.sentences)
        ]
        blocks.append("\n".join((part.head, "-" * len(part.head), *rows, *said)))
    blocks.append("\n".join(filter(None, (_wrapped(words.municipality), _wrapped(words.source)))))
    return "\n\n".join(blocks) + "\n"


def _is_of_intervention(name: str) -> bool:
    """Whether a picture stands under its intervention, and not with those of the week."""
    return name.startswith(INTERVENTION)


def _has_pictures(charts: Mapping[str, Chart]) -> bool:
    return not all(map(_is_of_intervention, charts))


def _is_beside(name: str, charts: Mapping[str, Chart]) -> bool:
    """Half the page holds a picture only where another one fills the other half."""
    return name in BESIDE and all(one in charts for one in BESIDE)


def _figure(chart: Chart, file: str, *, is_narrow: bool) -> dict[str, Any]:
    return figure(chart, file) | {"is_narrow": is_narrow}


def _told(part: Part, figures: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "pictures": [figures.get(name) for name in part.pictures],
        "name": part.name,
        "head": part.head,
        "names": [one.name for one in part.columns],
        "heads": [one.head for one in part.columns] if part.has_heads else [],
        "shares": [one.share for one in part.columns],
        "rows": part.rows,
        "sentences": part.sentences,
        "listed_from": part.listed_from,
    }


def _escaped(words: str) -> str:
    return escape(plain(words))


def _content_id(name: str) -> str:
    return f"{name}.chart@samsyn"


def _html_head(head: str) -> str:
    return f'<h2 style="font-size:17px;margin:28px 0 6px">{escape(head)}</h2>'


def _html_part(part: Part, charts: Mapping[str, Chart], colours: Mapping[str, str]) -> list[str]:
    """Its words, and the pictures under them."""
    if part.pictures:
        return [
            _html_intervention(row, name, charts.get(name), colours)
            for row, name in zip(part.named_rows, part.pictures, strict=True)
        ]
    found = [_html_table(part, colours) if part.columns else _html_sentences(part)]
    if part.name == PICTURES_AFTER:
        week = {name: chart for name, chart in charts.items() if not _is_of_intervention(name)}
        found += [_html_picture(name, chart, colours) for name, chart in week.items()]
    return found


def _html_intervention(
    row: Mapping[str, str], name: str, chart: Chart | None, colours: Mapping[str, str]
) -> str:
    """What is known of an intervention, what must be known to read that, and its picture."""
    said = [f'<h3 style="font-size:15px;margin:16px 0 4px">{escape(row["title"])}</h3>']
    said.append(f'<p style="margin:0 0 4px">{escape(row["sentence"])}</p>')
    if row.get("caveats"):
        style = f"margin:0;font-size:13px;color:{colours['muted']}"
        said.append(f'<p style="{style}">{escape(row["caveats"])}</p>')
    if chart:
        said.append(_html_picture(name, chart, colours))
    return "\n".join(said)


def _html_sentences(part: Part) -> str:
    said, listed = part.sentences[: part.listed_from], part.sentences[part.listed_from :]
    lines = [f'<p style="margin:0 0 8px">{escape(one)}</p>' for one in said]
    if listed:
        rows = "".join(f'<li style="margin:0 0 6px">{escape(one)}</li>' for one in listed)
        lines.append(f'<ul style="margin:0;padding-left:20px">{rows}</ul>')
    return "\n".join(lines)


def _html_table(part: Part, colours: Mapping[str, str]) -> str:
    head = f"padding:0 14px 4px 0;text-align:left;font-weight:normal;font-size:13px;color:{colours['muted']}"
    heads = "".join(f'<th scope="col" style="{head}">{escape(one.head)}</th>' for one in part.columns)
    styles = [_cell_style(one, colours) for one in part.columns]
    rows = "".join(f"<tr>{''.join(map(_html_cell, styles, row))}</tr>" for row in part.rows)
    top = f"<thead><tr>{heads}</tr></thead>" if part.has_heads else ""
    role = "" if part.has_heads else ' role="presentation"'
    style = "border-collapse:collapse;width:100%;font-size:14px"
    return f'<table{role} style="{style}">{top}<tbody>{rows}</tbody></table>'


def _cell_style(column: Column, colours: Mapping[str, str]) -> str:
    style = f"padding:5px 14px 5px 0;vertical-align:top;border-top:1px solid {colours['line']}"
    style += ";white-space:nowrap" if column.share == 0 else ""
    return style + (";font-weight:bold" if column.name in FIRM else "")


def _html_cell(style: str, value: str) -> str:
    return f'<td style="{style}">{escape(value)}</td>'


def _html_picture(name: str, chart: Chart, colours: Mapping[str, str]) -> str:
    style = f"width:100%;max-width:{_MAIL_PX}px;height:auto;margin:14px 0 0;display:block"
    shown = f'<img src="cid:{escape(_content_id(name))}" alt="{_escaped(chart.description)}" style="{style}">'
    notes = _escaped(" ".join(chart.notes))
    below = f'<p style="margin:4px 0 0;font-size:12px;color:{colours["muted"]}">{notes}</p>' if notes else ""
    return shown + below


def _text_row(part: Part, row: tuple[str, ...]) -> str:
    """A row without heads on one line; one with heads under its first words, each value after its head."""
    if not part.has_heads:
        return _wrapped(" \u2013 ".join(filter(None, row)), "* ")
    named = zip(part.columns[1:], row[1:], strict=True)
    lines = [_wrapped(f"{column.head}: {value}", "    ", "  ") for column, value in named if value]
    return "\n".join((_wrapped(row[0], "* "), *lines))


def _wrapped(words: str, mark: str = "", indent: str | None = None) -> str:
    """Lines of at most 76 characters; `mark` before the first, as many blanks before the others."""
    first = mark if indent is None else indent
    return fill(
        plain(words),
        _LINE,
        initial_indent=first,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
