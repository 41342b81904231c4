"""Telephone numbers: Swedish mobiles and land lines, numbers of other countries; freephone and emergency numbers are nobody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data_access.personal_data.finding import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[ ./-]{0,3}"
_COUNTRY = r"(?:\+ ?|00 ?)46[ -]{0,2}(?:\(0\)|0)?|46(?= ?\d\d[ -]?\d{3})"
_MOBILE = re.compile(
    rf"(?<!\d)(?:\(0\)|0|{_COUNTRY}|\(0(?=7\d\))){_GAP}7[02369]\)?(?:{_GAP}\d){{7}}(?!\d)"
    r"|(?<!\d)(?<!\d )07 \d\d \d\d \d\d \d\d(?! ?\d)"
)
_ABROAD = re.compile(
    r"(?:(?<![\w+])\+|(?<![\d+])(?<!\d[.,])00(?: (?<!\d 00 ))?(?=[3479]))(?P<country>[1-9]\d{0,2})"
    r"(?P<rest>(?:[ .()/-]{0,3}\d){5,13})(?!\d)"
)
_AREA = r"(?<!\d)(?<!\d[-.,/:])(?P<area>\(?0(?:8|1[013689]|2[136]|3[1356]|4[0246]|54|6[03]|90|[1-69]\d\d)\)?)"
_APART = re.compile(
    rf"{_AREA}(?: ?[-/] ?| |(?<=\)))"
    r"(?P<own>[1-9]\d{4,7}|[1-9]\d{1,2}(?P<gap>[ .-])\d{2,3}(?:(?P=gap)\d{2,3}){0,2}|[1-9]\d{2,3} \d{3,4})(?!\d|[:.]\d)"
)
_TOGETHER = re.compile(r"(?<!\d)(?<!\d[-.,/:])0[1-689]\d{6,8}(?!\d)")
_WITHOUT_AREA = re.compile(r"[1-9]\d{1,3}(?:[ -]?\d{2,4}){1,3}(?!\d)")
_RIGHT_BEFORE = re.compile(
    r"\b(?:tel|tfn|telnr|telefonnr|telefonnummer|telefonnumret|mobilnr|mobilnummer|mobilnumret|sms:?a|ring(?:a|er)?|nås)\b"
    r"[.:]? ?(?:på |är |nr |nummer )?:? ?\Z",
    re.IGNORECASE,
)
_WORD = re.compile(
    r"\b(?:tel|tfn|telnr|telefonnr|telefonnummer|telefonnumret|mobilnr|mobilnummer|mobilnumret|sms:?a|ring(?:a|er)?|nås)\b"
    r"[.:]? ?(?:på |är |nr |nummer )?:? ?(?P<number>[1-9]\d{1,3}(?:[ -]?\d{2,4}){1,3})(?!\d)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b(?:tel|tfn|telefon\w*|mobil\w*|ring\w*|nås|nummer|sms\w*|call|phone)\b", re.IGNORECASE)
_HOURS = re.compile(r"^(?:[01]\d|2[0-3])[.:]?[0-5]\d ?[-./ ] ?(?:[01]\d|2[0-4])[.:]?[0-5]\d(?!\d)")
_DAY = re.compile(r"^(?:19|20)\d\d[ -]?(?:0\d|1[0-2])[ -]?[0-3]\d$")
_PAIRS = re.compile(r"^\d\d(?: \d\d)+$")
_UNIT = re.compile(r" ?(?:kr|sek|mkr|kronor|meter|m2|m)\b", re.IGNORECASE)

_SIGNS = 2  # a plus or a parenthesis before the first digit
_NEAR = 25
_FEWEST, _MOST = 8, 10  # digits of a Swedish number with its leading zero
_SURE = 9  # a row of so many digits with an area code needs no word beside it
_ABROAD_DIGITS = range(8, 16)
_WITH_ZEROS = 9
_OWN_DIGITS = range(6, 10)

_AREA_CODES = """
8 10 11 13 16 18 19 21 23 26 31 33 35 36 40 42 44 46 54 60 63 90 120 121 122 123 125 140 141 142 143 144 150 151 152
155 156 157 158 159 171 173 174 175 176 220 221 222 223 224 225 226 227 240 241 243 246 247 248 250 251 253 258 270
271 278 280 281 290 291 293 294 295 297 300 301 302 303 304 320 321 322 325 340 345 346 370 371 372 380 381 382 383
390 392 393 410 411 413 414 415 416 417 418 430 431 433 435 451 454 455 456 457 459 470 471 472 474 476 477 478 479
480 481 485 486 490 491 492 493 494 495 496 498 499 500 501 502 503 504 505 506 510 511 512 513 514 515 520 521 522
523 524 525 526 528 530 531 532 533 534 550 551 552 553 554 555 560 563 564 565 570 571 573 580 581 582 583 584 585
586 587 589 590 591 611 612 613 620 621 622 623 624 640 642 643 644 645 647 650 651 652 653 657 660 661 662 663 670
671 672 680 682 684 687 690 691 692 693 695 696 910 911 912 913 914 915 916 918 920 921 922 923 924 925 926 927 928
929 930 932 933 934 935 940 941 942 943 950 951 952 953 954 960 961 970 971 973 975 976 977 978 980 981
"""
_AREAS = frozenset(_AREA_CODES.split())
"""Area codes of land lines without their zero (Post- och telestyrelsen's plan); 020 and 077 are freephone and services."""


def phones(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the telephone numbers among the digits from `start` to `end` of a folded text; some may overlap."""
    before = max(start - _SIGNS, 0)
    for found in _MOBILE.finditer(text, before, end):
        if not _HOURS.match(found[0]):
            yield Span("phone", *found.span())
    for found in _ABROAD.finditer(text, before, end):
        if _is_abroad(found):
            yield Span("phone", *found.span())
    for found in _APART.finditer(text, before, end):
        last = _end_of_own(found)
        if last:
            yield Span("phone", found.start(), last)
    for found in _TOGETHER.finditer(text, start, end):
        if _is_land_line(found):
            yield Span("phone", *found.span())
    yield from _after_a_word(text, start, end)


def _is_abroad(found: re.Match[str]) -> bool:
    digits = sum(map(str.isdigit, found["country"] + found["rest"]))
    is_long = digits in _ABROAD_DIGITS and (found[0][0] == "+" or digits >= _WITH_ZEROS)
    return is_long and not _HOURS.match(found[0]) and not _UNIT.match(found.string, found.end())


def _is_land_line(found: re.Match[str]) -> bool:
    """A row of digits with an area code; a short one needs a word beside it."""
    has_area = any(found[0][1:length] in _AREAS for length in (2, 3, 4))
    before = max(found.start() - _NEAR, 0)
    return has_area and (len(found[0]) >= _SURE or bool(_WORD.search(found.string, before, found.start())))


def _end_of_own(found: re.Match[str]) -> int:
    """Where the number ends: groups that would make it too long belong to something else; 0 for no number."""
    area, own, end = found["area"].strip("()"), found["own"], found.end()
    if area[1:] not in _AREAS or _HOURS.match(found[0]) or _is_in_list(found):
        return 0
    while len(area) + sum(map(str.isdigit, own)) > _MOST and found["gap"]:
        shorter = own.rpartition(found["gap"])[0]
        end -= len(own) - len(shorter)
        own = shorter
    is_number = _FEWEST <= len(area) + sum(map(str.isdigit, own)) <= _MOST
    return end if is_number and not _UNIT.match(found.string, end) else 0


def _is_in_list(found: re.Match[str]) -> bool:
    """`14 08 12 34 56` is a list of lines or hours."""
    before = found.string[max(found.start() - 2, 0) : found.start()]
    return before[:1].isdigit() and before[1:] == " " and bool(_PAIRS.match(found[0]))


def _after_a_word(text: str, start: int, end: int) -> Iterator[Span]:
    """A number without its area code, where a word right before it says what it is."""
    found = _WITHOUT_AREA.match(text, start, end)
    if found is None or not _RIGHT_BEFORE.search(text, max(start - _NEAR, 0), start):
        return
    is_number = sum(map(str.isdigit, found[0])) in _OWN_DIGITS
    if is_number and not _DAY.match(found[0]) and not _HOURS.match(found[0]):
        yield Span("phone", *found.span())
