"""Explore: what happened where and when; a click in any view filters all others."""

from dashboard.ui import downloads, header, honesty, linked, state

texts = header.begin("explore")
facts = header.current_facts(texts)
if facts.period is None:
    header.nothing_yet(texts)
else:
    linked.draw(facts, texts)
    honesty.draw(facts, texts)
    downloads.draw(facts, texts)
state.write_address(texts.language)
