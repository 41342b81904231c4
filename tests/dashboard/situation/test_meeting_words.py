from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from dashboard.situation.meeting_words import Figure, MeetingWords
from tests.meetings import meeting_words


def _strings(kind: Any) -> st.SearchStrategy[Any]:
    if kind is str:
        return st.text(max_size=12)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{one.name: _strings(hints[one.name]) for one in fields(kind)})
    inner, _ = get_args(kind)
    return st.lists(_strings(inner), max_size=3).map(tuple)


@given(_strings(MeetingWords))
def test_minutes_are_read_as_they_were_written(words: MeetingWords) -> None:
    assert MeetingWords.from_dict(json.loads(json.dumps(words.to_dict()))) == words


def test_every_field_is_kept() -> None:
    words = meeting_words()
    assert all(getattr(words, one.name) for one in fields(words))
    assert set(words.to_dict()) == {one.name for one in fields(words)}


def test_minutes_of_another_version_are_read_as_far_as_they_go() -> None:
    old = {"title": "Veckomöte", "figures": [{"label": "Händelser", "unit": "st"}], "weather": "sol"}
    assert MeetingWords.from_dict(old) == MeetingWords(title="Veckomöte", figures=(Figure("Händelser"),))
