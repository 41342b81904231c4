"""The evaluation card of an intervention in words: what page, report and mail say of it, ready to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CardWords:
    """Everything on the card but its pictures, in one language; "" and () are left out.

    `status`: one line under the title. `verdict`: the answer in a few words, `sentence`: the whole of it, or why there is none.
    `lines`: label and value (who, where, against what, goal). `caveats`, `computed` (what, and how): one sentence each. `dose`,
    `looks`: a sentence each about what was delivered and how often the result has been looked at. `changes`: when, who, what, the
    newest first. `source`: where the numbers come from, until which day.
    """

    title: str
    status: str
    verdict: str
    sentence: str
    lines: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    computed: tuple[str, ...]
    dose: str
    looks: str
    changes: tuple[tuple[str, str, str], ...]
    municipality: str
    source: str
