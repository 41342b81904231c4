"""Meetings: one shared screen, decisions, and a report the same hour."""

from dashboard.ui import header, meetings, state

texts = header.begin("meetings")
facts = header.current_facts(texts)
if facts.frame.area_set is None or facts.period is None:
    header.nothing_yet(texts)
else:
    meetings.draw(facts, texts)
state.write_address(texts.language, **meetings.address())
