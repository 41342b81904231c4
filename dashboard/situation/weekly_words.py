"""The weekly meeting's figures in words: a sentence for each flag, who is silent, and what is said of a quiet week."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from dashboard.situation.effect_words import listed
from dashboard.statistics.signals import FEWEST_COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.situation.weekly_values import Basis, Figure, Flag, Reporter, Weekly
    from dashboard.texts import Texts

_STEP = 5
"""What chance hides is told as a number of fives."""


def flag_sentences(of: Weekly, texts: Texts) -> tuple[str, ...]:
    """One sentence for each flag, the surest first."""
    return tuple(flag_sentence(one, of.fewest, texts) for one in of.flags)


def nearest_sentences(of: Weekly, texts: Texts) -> tuple[str, ...]:
    """What has risen most without standing out, a sentence each after one that says what it is worth."""
    told = tuple(flag_sentence(one, of.fewest, texts) for one in of.nearest)
    return (texts("weekly.nearest", count=len(told)), *told) if told else ()


def flag_sentence(one: Flag, fewest: int, texts: Texts) -> str:
    """Where and what, reported and expected with its range, compared with what, and whether as much is reported as usual."""
    counted = f"{counted_words(one, fewest, texts)} {basis_words(one.basis, texts)}"
    parts = [counted, *_effort(one, texts)]
    said = texts("weekly.flag", place=flag_name(one, texts), told="; ".join(parts))
    return f"{said} {texts('weekly.explained')}" if one.is_explained_by_effort else said


def flag_name(one: Flag, texts: Texts) -> str:
    """District and what of it: "Centrum, skadegörelse"."""
    return f"{one.area_name}, {flag_what(one, texts)}"


def flag_what(one: Flag, texts: Texts) -> str:
    """What of a district it is, as it stands within a sentence: "skadegörelse"."""
    return _lowered(texts.name(one) or texts("weekly.all_types"))


def counted_words(one: Flag, fewest: int, texts: Texts) -> str:
    """How many were reported, in how many weeks, and how many were expected; what may not be told in words."""
    if one.observed is not None:
        reported = texts("weekly.reported", count=one.observed)
    elif one.direction == "fewer":
        reported = texts("weekly.fewer_hidden")
    else:
        reported = texts("weekly.more_hidden")
    if one.weeks > 1:
        reported = texts("weekly.in_weeks", reported=reported, count=one.weeks)
    if one.expected is None or one.low is None or one.high is None:
        is_few = one.observed is not None
        return texts("weekly.few_expected", reported=reported, fewest=fewest) if is_few else reported
    ends = {"low": one.low, "high": one.high}
    return texts("weekly.against", reported=reported, expected=expected_words(one.expected, texts), **ends)


def expected_words(expected: float, texts: Texts) -> str:
    """A whole number from 3 on; what is less has a decimal."""
    return texts.number(expected, 0 if expected >= 3 else 1)  # noqa: PLR2004 - as the docstring says


def basis_words(basis: Basis, texts: Texts) -> str:
    """What it is compared with."""
    if basis.years:
        return texts("weekly.basis_years", years=listed(tuple(str(year) for year in basis.years), texts))
    return texts("weekly.basis_recent", count=basis.weeks)


def quiet_sentence(of: Weekly, texts: Texts) -> str:
    """That nothing stands out, and what could not have been seen; "" where something does. Or why nothing is compared."""
    if of.problem:
        return texts(f"weekly.{of.problem}", fewest=FEWEST_COMPARED)
    if not of.is_quiet or of.basis is None:
        return ""
    said = texts("weekly.quiet", tests=of.tests, basis=basis_words(of.basis, texts))
    return f"{said} {texts('weekly.hidden_doubling', count=_STEP * ceil(of.seen_from / _STEP))}"


def silent_sentence(of: Weekly, texts: Texts) -> str:
    """Who did not report although they usually do; "" when nobody."""
    names = tuple(one.name for one in of.reporters if one.state == "silent")
    return texts("weekly.silent", names=listed(names, texts)) if names else ""


def note_sentences(of: Weekly, texts: Texts) -> tuple[str, ...]:
    """Who is silent, whose reports could not be compared, and which types are never looked at by the week."""
    return tuple(_notes(of, texts))


def reporter_words(one: Reporter, texts: Texts) -> str:
    """What came from a source; "no report" is never a number."""
    if one.state != "reported":
        return texts(f"weekly.state_{one.state}")
    sent = (
        texts("weekly.reports", count=one.reports)
        if one.reports is not None
        else texts("weekly.reports_hidden")
    )
    if one.until:
        return texts("weekly.reports_until", sent=sent, day=texts.date(one.until))
    if one.usual is None:
        return texts("weekly.reports_new", sent=sent)
    usual = texts.number(one.usual)
    return texts(f"weekly.reports_{one.effort}", sent=sent, usual=usual)


def figure_label(one: Figure, texts: Texts) -> str:
    """Its name."""
    return texts(f"weekly.figure_{one.name}")


def figure_value(one: Figure, fewest: int, texts: Texts) -> str:
    """Its number; a part of the sum may be hidden although it is large, so that no small one follows from it."""
    if one.observed is not None:
        return texts.number(one.observed)
    few = texts("explore.few", count=fewest)
    return few if one.name == "incidents" else texts("weekly.figure_hidden", few=few)


def figure_comparison(one: Figure, texts: Texts) -> str:
    """Expected with its range, whether it is clearly more or fewer, and from whom as clearly; "" where it is not known."""
    if one.expected is None or one.low is None or one.high is None:
        return ""
    told = {"expected": expected_words(one.expected, texts), "low": one.low, "high": one.high}
    if one.observed is None:
        return texts("weekly.figure_expected", **told)
    said = texts("weekly.figure_compared", words=texts(f"weekly.figure_{one.words}"), **told)
    names = {"more": one.more_than_usual, "fewer": one.fewer_than_usual}.get(one.words)
    return (
        texts(f"weekly.figure_effort_{one.words}", said=said, names=listed(names, texts)) if names else said
    )


def _effort(one: Flag, texts: Texts) -> Iterator[str]:
    if one.as_usual:
        yield texts("weekly.effort_usual", count=len(one.as_usual))
    if one.more_than_usual:
        yield texts("weekly.effort_more", names=listed(one.more_than_usual, texts))
    if one.fewer_than_usual:
        yield texts("weekly.effort_fewer", names=listed(one.fewer_than_usual, texts))


def _notes(of: Weekly, texts: Texts) -> Iterator[str]:
    if said := silent_sentence(of, texts):
        yield said
    if part := tuple(one.name for one in of.reporters if one.until):
        yield texts("weekly.incomplete", names=listed(part, texts))
    new = tuple(
        one.name for one in of.reporters if one.has_reported and not one.is_compared and not one.until
    )
    if new and not of.problem:
        yield texts("weekly.not_compared", names=listed(new, texts))
    if of.untested:
        place = 0 if texts.language == "sv" else 1
        names = tuple(_lowered(one[place]) for one in of.untested)
        yield texts("weekly.untested", names=listed(names, texts))


def _lowered(name: str) -> str:
    """As it stands within a sentence."""
    return name[:1].lower() + name[1:]
