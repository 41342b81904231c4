"""Explore: what happened where and when; a click in any view filters all others."""

from dashboard.charts.bars import bars, picked_codes
from dashboard.charts.coverage import coverage
from dashboard.charts.hours import hours, picked_hours
from dashboard.charts.trend import trend
from dashboard.charts.weeks import brushed_weeks
from dashboard.situation import explore
from dashboard.situation.coverage import coverage_rows
from dashboard.ui import downloads, explore_map, filter_bar, header, honesty, key_figures, layout, session, show, state

texts = header.begin("explore")
facts = header.current_facts(texts)
answer = explore.situation(facts, state.selection())
mode = session.mode()

if answer is None:
    header.nothing_yet(texts)
else:
    filter_bar.draw(answer, texts)
    chosen = answer.selection
    left, right = layout.map_and_views()
    with right:
        key_figures.draw(explore.key_figures(answer), texts)
        when = explore.hours(answer)
        show.chart(
            hours(when.weights, texts, selected=chosen.hours, unknown=when.unknown, total=when.total, mode=mode),
            "hours",
            texts,
            pick=picked_hours,
        )
        what, where = layout.halves()
        with what:
            rows = explore.categories(answer, texts)
            show.chart(
                bars(rows, "categories", texts, selected=chosen.categories, top=8, mode=mode), "categories", texts, pick=picked_codes
            )
        with where:
            rows = explore.areas(answer)
            show.chart(bars(rows, "areas", texts, selected=chosen.areas, top=8, mode=mode), "areas", texts, pick=picked_codes)
    with left:
        explore_map.draw(answer, texts)
    over_time, who = layout.wide_and_narrow()
    with over_time:
        show.brushed(
            trend(
                explore.weeks(answer), texts, interventions=explore.interventions(answer), selected=explore.days(answer), mode=mode
            ),
            texts,
            read=lambda event: explore.period_of(brushed_weeks(event)),
        )
        show.chart(coverage(coverage_rows(facts), texts, mode=mode), "coverage", texts)
    with who:
        for name, rows, picked in (
            ("sources", explore.sources(answer), chosen.sources),
            ("police_reported", explore.police_reported(answer, texts), chosen.police_reported),
            ("kinds", explore.kinds(answer, texts), chosen.kinds),
        ):
            show.chart(bars(rows, name, texts, selected=picked, mode=mode), name, texts, pick=picked_codes)
    honesty.draw(facts, texts)
    downloads.draw(answer, texts)
state.write_address(texts.language)
