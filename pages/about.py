"""About the figures: sources, last import, coverage, gaps, definitions."""

import streamlit as st

from dashboard.charts.coverage import coverage
from dashboard.situation import about
from dashboard.situation.coverage import coverage_rows
from dashboard.ui import header, session, show, state
from dashboard.ui.plain import plain

texts = header.begin("about")
facts = header.current_facts(texts)
st.title(texts("about.title"))
period = facts.period
if period is None:
    header.nothing_yet(texts)
else:
    st.markdown(
        texts(
            "about.summary",
            count=facts.size,
            first=texts.date(period.first),
            last=texts.date(period.last),
            name=plain(facts.frame.municipality or "-"),
        )
    )
    st.subheader(texts("about.sources_title"))
    st.dataframe(about.sources_table(facts, session.sources(), texts), hide_index=True)
    show.chart(coverage(coverage_rows(facts), texts, mode=session.mode()), "coverage", texts)
    st.subheader(texts("about.gaps_title"))
    st.dataframe(about.gaps_table(facts, texts), hide_index=True, width="content")
    st.subheader(texts("about.methods_title"))
    st.markdown(texts("about.methods"))
st.subheader(texts("about.glossary_title"))
for term, meaning in about.glossary(texts):
    st.markdown(f"**{term}.** {meaning}")
state.write_address(texts.language)
