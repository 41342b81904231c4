"""Explore: what happened where and when; a click in any view filters all others."""

from dashboard.charts.bars import bars, picked_codes
from dashboard.charts.coverage import coverage
from dashboard.charts.hours import hours, picked_hours
from dashboard.charts.trend import trend
from dashboard.charts.weeks import brushed_weeks
from dashboard.situation import explore
from dashboard.situation.coverage import coverage_rows
from dashboard.ui import (
    downloads,
    explore_map,
    filter_bar,
    header,
    honesty,
    key_figures,
    layout,
    session,
    show,
    state,
    viewport,
)

texts = header.begin("explore")
facts = header.current_facts(texts)
answer = explore.situation(facts, state.selection())
mode = session.mode()
is_narrow = viewport.is_narrow()

if answer is None:
    header.nothing_yet(texts)
else:
    filter_bar.draw(answer, texts)
    place = layout.explore(is_narrow=is_narrow)
    with place.figures:
        key_figures.draw(explore.key_figures(answer), texts)
    with place.hours:
        when = explore.hours(answer)
        chart = hours(
            when.weights,
            texts,
            selected=answer.selection.hours,
            unknown=when.unknown,
            total=when.total,
            mode=mode,
        )
        show.chart(chart, "hours", texts, pick=picked_hours)
    for facet, rows in explore.bar_rows(answer, texts).items():
        with getattr(place, facet):
            top = explore.SHOWN_ROWS.get(facet)
            chart = bars(rows, facet, texts, selected=getattr(answer.selection, facet), top=top, mode=mode)
            show.chart(chart, facet, texts, pick=picked_codes)
    with place.map:
        explore_map.draw(answer, texts, is_narrow=is_narrow)
    with place.trend:
        over_time = trend(
            explore.weeks(answer),
            texts,
            interventions=explore.interventions(answer),
            selected=explore.days(answer),
            mode=mode,
        )
        strip = coverage(coverage_rows(facts), texts, has_axis=False, mode=mode)
        show.brushed(
            over_time, texts, read=lambda event: explore.period_of(brushed_weeks(event)), strip=strip
        )
    honesty.draw(facts, texts)
    downloads.draw(answer, texts)
state.write_address(texts.language)
