"""Interventions: what is done where, and an honest answer to whether it worked."""

from dashboard.ui import header, interventions, state

texts = header.begin("interventions")
facts = header.current_facts(texts)
if facts.frame.area_set is None or facts.period is None:
    header.nothing_yet(texts)
else:
    interventions.draw(facts, texts)
state.write_address(texts.language, insats=interventions.shown())
