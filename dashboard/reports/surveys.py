"""What became of a file of a survey: what was read, published and hidden, and what the build's audit of itself found."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.survey_releases import SurveyReport

_MOST_LISTED = 20


def lines(report: SurveyReport, texts: Texts) -> list[str]:
    """One sentence per fact; numbers of cells only, nothing of what anybody answered."""
    kind = "counts" if report.is_counts else "people"
    found = [
        texts(
            f"survey.read_{kind}",
            file=report.file_name,
            rows=report.rows,
            questions=report.questions,
            columns=len(report.columns),
        )
    ]
    if report.unused:
        listed = ", ".join(report.unused[:_MOST_LISTED])
        found.append(texts("survey.unused", count=len(report.unused), columns=listed))
    found.append(
        texts("survey.published", cells=report.cells, shown=report.shown, partners=report.shown_to_partners)
    )
    found += [texts(f"survey.hidden_{why}", count=count) for why, count in report.hidden.items()]
    return [*found, *_audit(report, texts), _outcome(report, texts)]


def document(report: SurveyReport) -> dict[str, Any]:
    """The report for a program."""
    return asdict(report)


def _audit(report: SurveyReport, texts: Texts) -> list[str]:
    audit = report.audit
    if report.is_counts:
        return [texts("survey.audit_counts", measures=audit.measures)]
    dropped = [
        texts(
            "survey.dropped",
            indicator=one.indicator or "-",
            breakdown=texts(f"survey.breakdown_{one.breakdown}"),
            area=one.area or texts("survey.municipality"),
        )
        for one in audit.dropped[:_MOST_LISTED]
    ]
    verdict = "survey.audit_clean" if audit.is_clean else "survey.audit_open"
    return [*dropped, texts(verdict, measures=audit.measures, dropped=len(audit.dropped))]


def _outcome(report: SurveyReport, texts: Texts) -> str:
    if report.wave_id is None:
        return texts("survey.dry_run", wave=report.wave)
    if report.areas:
        key = "survey.known" if report.is_known else "survey.released"
    else:
        key = "survey.known_without_areas" if report.is_known else "survey.released_without_areas"
    return texts(key, wave=report.wave, edition=str(report.edition), areas=report.areas)
