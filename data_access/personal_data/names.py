"""Words that are likely the name of a person: for a warning only, since a list of names is neither whole nor sure."""

from __future__ import annotations

import re

_WORD = r"[A-ZÅÄÖÉ][a-zåäöéüèA-ZÅÄÖ]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_CAPITAL_WITHIN = re.compile(r" [A-ZÅÄÖÉ][a-zåäöé](?<=[^\W\d_]...)")
"""A capital after a word: without it there is neither a last name after a first one nor one after a title."""
_PAIR = re.compile(rf"(?<![\w-])({_WORD}) (?=({_WORD})(?![\w-]))")
_TITLED = re.compile(
    r"(?<![\w-])(?:[Hh]err|[Ff]ru|[Ff]röken|[Ff]amiljen|[Mm]r|[Mm]rs|[Mm]s) "
    r"[A-ZÅÄÖ][a-zåäöé]+(?:sson|s[td]röm|berg|lund|gren|[qk]vist|dahl|strand)(?![\w-])"
)
_SURNAME = re.compile(
    r"(?:sson|ström|berg|lund|gren|[qk]vist|dahl|strand|stedt|ander|mark|holm|blad|blom|löf|höf|roth|bäck|sen|skog|hed|ell|man|ius)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:gat(?:a|an|orna)|väg(?:en)?|torg(?:et)?|plats(?:en)?|park(?:en)?|skola(?:n)?|gården|gränd|backe(?:n)?|backar|kyrka(?:n)?|"
    r"hamn(?:en)?|stigen|allén?|bron|minne|hus|huset|stiftelse(?:n)?|street|road|square|school)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s+(?:[A-ZÅÄÖ]\w+\s+)?(\w+)")

_FIRST_NAMES = """
Agneta Ahmed Albin Alexander Alexandra Alfred Ali Alice Alva Amanda Amina Amir Anders Andreas Anette Angelica Anita
Ann Anna Anneli Annika Anton Arvid Astrid Axel Barbro Bengt Berit Birgitta Bo Britt Camilla Carin Carina Carl Caroline
Cecilia Charlotte Christer Christian Christina Christoffer Dan Daniel David Dennis Ebba Edvin Elias Elin Elisabeth
Ella Ellen Elsa Emelie Emil Emilia Emma Erik Erika Eva Fatima Felicia Filip Fredrik Frida Gabriel Gerd Gun Gunilla
Gunnar Gustav Gösta Hampus Hanna Hannah Hans Hassan Helena Henrik Hugo Håkan Ibrahim Ida Inger Ingrid Isabelle Isak
Jakob Jan Jenny Jens Jesper Jessica Joakim Johan Johanna Johannes John Jonas Jonathan Josefin Julia Karin Karl
Karolina Katarina Kenneth Kerstin Kevin Kjell Klara Kristian Kristina Kristoffer Lars Leif Lena Leo Liam Lina Linda
Linnéa Linus Lisa Louise Lucas Ludvig Magnus Maja Malin Marcus Margareta Maria Marie Marianne Martin Mathias Mats
Matilda Mattias Mikael Mohamed Mohammed Moa Mona Monica Muhammad Nils Noah Olivia Olof Omar Oscar Oskar Patrik Per
Peter Petra Pia Rebecka Richard Robert Robin Roger Roland Rolf Ronja Sandra Sara Sebastian Simon Siv Sofia Sofie
Stefan Stig Susanne Sven Thomas Tobias Tommy Tomas Tove Ulf Ulla Ulrika Urban Viktor Viktoria Vincent Wilma William
Yusuf Yvonne Zahra Åke Åsa Örjan
"""
_FIRST = frozenset(_FIRST_NAMES.split())
"""Common first names that are no common Swedish word at the beginning of a sentence, and no place."""


def likely_names(text: str) -> tuple[str, ...]:
    """Return what looks like a person's first and last name, or a title and a last name, in the order of the text.

    A first name must be a common one and the last name look like one; streets, squares and schools that are called after
    somebody are left out. Never a reason to refuse.
    """
    if not _CAPITAL_WITHIN.search(text):
        return ()
    names = [
        (found.start(), f"{found[1]} {found[2]}")
        for found in _PAIR.finditer(text)
        if _is_first(found[1]) and _SURNAME.search(found[2]) and not _is_place(text, found)
    ]
    names += [(found.start(), found[0]) for found in _TITLED.finditer(text)]
    return tuple(name for _, name in sorted(names))


def _is_first(word: str) -> bool:
    return all(part in _FIRST for part in word.split("-"))


def _is_place(text: str, found: re.Match[str]) -> bool:
    """`Anna Lindbergs plats`, `Erik Dahlbergsgatan`: the name of a place, not of whom one met there."""
    after = _AFTER.match(text, found.end(2))
    return bool(_PLACE.search(found[2]) or (after and _PLACE.search(after[1])))
