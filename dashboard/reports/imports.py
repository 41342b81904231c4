"""What became of an imported file, as sentences and as a JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dashboard.situation.remarks import reason, sentence
from data_access.import_reports import AreasReport, IncidentsReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.import_reports import Said
    from data_access.importers.errors import RowError


def lines(report: AreasReport | IncidentsReport, texts: Texts) -> list[str]:
    """How the file was read, each refused row, and the numbers."""
    key = "cli.areas_imported" if isinstance(report, AreasReport) else "cli.incidents_imported"
    return [
        *(sentence(remark, texts) for remark in report.remarks),
        *(_refused_line(error, texts) for error in report.refused),
        texts(key, **report.numbers()),
    ]


def document(report: AreasReport | IncidentsReport, texts: Texts) -> dict[str, Any]:
    """The report for a program: numbers, refused rows and remarks with their keys, values and words."""
    return {
        **report.numbers(),
        **(_areas(report) if isinstance(report, AreasReport) else {"unknown_codes": report.unknown_codes}),
        "refused": _refused(report.refused, texts),
        "refused_count": len(report.refused),
        "remarks": [_remark(remark, texts) for remark in report.remarks],
    }


def _areas(report: AreasReport) -> dict[str, Any]:
    return {
        "version": report.version,
        "srid": report.srid,
        "known": report.is_known,
        "incidents_placed": report.incidents_placed,
    }


def _refused(refused: Iterable[RowError], texts: Texts) -> list[dict[str, Any]]:
    return [
        {
            "row": error.row,
            "field": error.field,
            "value": error.value,
            "reason": error.reason,
            "text": reason(error, texts),
        }
        for error in refused
    ]


def _remark(remark: Said, texts: Texts) -> dict[str, Any]:
    values = json.loads(json.dumps(remark.parameters, default=str))
    return {"key": remark.key, "text": sentence(remark, texts), **values}


def _refused_line(error: RowError, texts: Texts) -> str:
    return texts(
        "cli.refused_row",
        row=str(error.row),
        field=error.field,
        value=error.value,
        reason=reason(error, texts),
    )
