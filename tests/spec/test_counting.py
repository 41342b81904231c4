from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_access.counts import counts
from tests.spec.chapters import Chapter, chapters

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.engines import Engine

AREA_SET = 1


@pytest.mark.parametrize("chapter", list(chapters()), ids=lambda chapter: chapter.title)
def test_every_engine_counts_as_the_manual_says(
    chapter: Chapter, engine_with: Callable[[Chapter], Engine]
) -> None:
    question = counts(chapter.selection, chapter.by, area_set_id=AREA_SET, viewer=chapter.viewer)
    answer = engine_with(chapter).fetch(question).to_pylist()
    assert answer == chapter.answer
    assert [list(map(type, row.values())) for row in answer] == [
        list(map(type, row.values())) for row in chapter.answer
    ]


def test_the_manual_has_all_its_chapters() -> None:
    assert len({chapter.title for chapter in chapters()}) == len(list(chapters())) >= 16
