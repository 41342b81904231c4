"""Made-up personal data in every way in which people write it, and a slow reading of the rule for personal numbers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
DASHES = "-‐‑‒–—−﹣－"  # noqa: RUF001 - what people and word processors write
FULL_WIDTH = str.maketrans("0123456789-+ @.", "０１２３４５６７８９－＋\u3000＠．")  # noqa: RUF001
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SENTENCES = (
    "{}",
    "Pratade med {} på torget.",
    "Samtal kl 21.30 med ({}), plats Storgatan 12.",
    "Enligt {}: tre lampor släckta.",
    "Två st, {}, 15 och 17 år.",
    "pnr:{}",
    'Lapp med texten "{}" hittad i port 4 B 2026-03-14.',
    "Kön på plats 14.\n{}\nInget mer.",
)
AREA_CODES = (
    "08",
    "011",
    "013",
    "016",
    "018",
    "019",
    "021",
    "031",
    "040",
    "0480",
    "0500",
    "0650",
    "0910",
    "0980",
)


def check_digit(nine: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(nine))
    return str(-total % 10)


class Number:
    """A number of a person with the right check digit, or (`is_wrong`) another one."""

    def __init__(self, born: date, serial: int, *, is_coordination: bool, wrong_by: int = 0) -> None:
        day = born.day + 60 * is_coordination
        self.parts = (f"{born.year // 100}", f"{born.year % 100:02d}", f"{born.month:02d}", f"{day:02d}")
        nine = "".join(self.parts[1:]) + f"{serial:03d}"
        self.last = nine[-3:] + str((int(check_digit(nine)) + wrong_by) % 10)
        self.kind = "coordination_number" if is_coordination else "personal_number"


TOLD: tuple[Callable[[str, str, str, str, str], str], ...] = (
    lambda _c, y, m, d, n: f"{y}{m}{d}-{n}",
    lambda _c, y, m, d, n: f"{y}{m}{d}+{n}",
    lambda c, y, m, d, n: f"{c}{y}{m}{d}-{n}",
    lambda c, y, m, d, n: f"{c} {y}{m}{d}-{n}",
    lambda _c, y, m, d, n: f"{y}-{m}-{d}-{n}",
    lambda c, y, m, d, n: f"{c}{y}-{m}-{d}-{n}",
    lambda c, y, m, d, n: f"{c}{y} {m} {d}-{n}",
    lambda _c, y, m, d, n: f"{y}.{m}.{d}-{n}",
)
"""Spellings that tell a personal number even with a wrong check digit."""
CHECKED: tuple[Callable[[str, str, str, str, str], str], ...] = (
    lambda _c, y, m, d, n: f"{y}{m}{d}{n}",
    lambda c, y, m, d, n: f"{c}{y}{m}{d}{n}",
    lambda _c, y, m, d, n: f"{y}{m}{d} {n}",
    lambda c, y, m, d, n: f"{c}{y}{m}{d} {n}",
    lambda c, y, m, d, n: f"{c}{y} {m} {d} {n}",
    lambda c, y, m, d, n: f"{c}{y}-{m}-{d} {n}",
    lambda _c, y, m, d, n: f"{y} {m} {d} {n}",
    lambda _c, y, m, d, n: f"{y}{m}{d} - {n}",
    lambda _c, y, m, d, n: f"{y}{m}{d}/{n}",
    lambda _c, y, m, d, n: f"{y}{m}{d}.{n}",
    lambda _c, y, m, d, n: f"{y}/{m}/{d}-{n}",
)
MOBILE = (
    "{p}-{a} {b} {c}", "{p}{a}{b}{c}", "{p}-{a}{b}{c}", "{p} {a} {b} {c}", "{p}/{a}{b}{c}", "{p}.{a}.{b}.{c}",
    "({p}) {a} {b} {c}", "+46{q}{a}{b}{c}",
    "+46 {q} {a} {b} {c}", "+46 (0){q}-{a} {b} {c}", "0046{q}{a}{b}{c}", "0046 {q}-{a} {b} {c}",
    "46{q}{a}{b}{c}",
    "{p} - {a} {b} {c}", "{p}-{a}-{b}-{c}", "+46-{q}-{a}{b}{c}", "tel {p}-{a} {b} {c}",
)  # fmt: skip
LAND = (
    "{p}-{x}",
    "{p}-{x3}",
    "{p} {x3}",
    "({p}) {x3}",
    "{p}/{x}",
    "+46 {q} {x3}",
    "+46 (0){q}-{x3}",
    "+46{q}{x}",
    "{p}{x}",
)
ABROAD = (
    "+45 {d8}",
    "+47{d8}",
    "+358 40 {d7}",
    "+49 30 {d8}",
    "0045{d8}",
    "+44 20 7946 0{d3}",
    "+1 (555) {d3}-{d4}",
    "+48 {d3} {d3} {d3}",
)
EMAIL = (
    "{n}@{d}.se", "{n}.{n}@{d}.se", "{n} @ {d}.se", "{n} (at) {d}.se", "{n}(at){d}.se", "{n}[at]{d}[dot]se", "{n}@mail.{d}.com",
    "{n} snabel-a {d} punkt se", "{n}+x@{d}.co.uk", "{n}_{n}99@{d}-{d}.nu", "{n} (snabel-a) {d}.se", "{n}{{at}}{d}.se",
)  # fmt: skip
PLATE = (
    "Bil {u}{k} stod kvar",
    "reg.nr {u} {k}",
    "moped {l}{k}",
    "{u}{k}, en vit skåpbil",
    "Volvo {u}-{k}",
    "regnr: {u}{k}",
    "EPA-traktor {u}{k}",
    "car {u}{k}",
)
ONE_BY_ONE: tuple[Callable[[str, str, str, str, str], str], ...] = (
    lambda _c, y, m, d, n: " ".join(f"{y}{m}{d}{n}"),
    lambda c, y, m, d, n: ".".join(f"{c}{y}{m}{d}{n}"),
)


def a_number(chance: random.Random) -> Number:
    born = date(1925, 1, 1) + timedelta(days=chance.randrange(365 * 100))
    return Number(born, chance.randrange(1000), is_coordination=chance.random() < 0.2)


def a_personal_number(chance: random.Random) -> tuple[str, str]:
    """Kind and text."""
    number = a_number(chance)
    text = chance.choice(TOLD + CHECKED + ONE_BY_ONE)(*number.parts, number.last)
    return number.kind, disguised(text, chance)


def a_wrong_number(chance: random.Random) -> tuple[str, str]:
    """A slip of the pen in the last digit, with a separator."""
    born = date(1925, 1, 1) + timedelta(days=chance.randrange(365 * 100))
    number = Number(
        born, chance.randrange(1000), is_coordination=chance.random() < 0.2, wrong_by=chance.randrange(1, 10)
    )
    return number.kind, disguised(chance.choice(TOLD)(*number.parts, number.last), chance)


def a_phone(chance: random.Random) -> tuple[str, str]:
    digits = {f"d{n}": "".join(chance.choices("23456789", k=n)) for n in (3, 4, 7, 8)}
    kind = chance.random()
    if kind < 0.5:
        q = chance.choice(("70", "72", "73", "76", "79"))
        a, b, c = ("".join(chance.choices("0123456789", k=n)) for n in (3, 2, 2))
        return "phone", disguised(chance.choice(MOBILE).format(p=f"0{q}", q=q, a=a, b=b, c=c), chance)
    if kind < 0.85:
        p = chance.choice(AREA_CODES)
        x = chance.choice("123456789") + "".join(chance.choices("0123456789", k=5))
        return "phone", disguised(
            chance.choice(LAND).format(p=p, q=p[1:], x=x, x3=f"{x[:2]} {x[2:4]} {x[4:]}"), chance
        )
    return "phone", disguised(chance.choice(ABROAD).format(**digits), chance)


def an_email(chance: random.Random) -> tuple[str, str]:
    name, domain = (
        chance.choice(("anna", "k.berg", "sven", "åsa", "info2")),
        chance.choice(("exempel", "mejl", "räksmörgås", "skolan")),
    )
    text = chance.choice(EMAIL).format(n=name, d=domain)
    return "email", text.translate(FULL_WIDTH) if chance.random() < 0.2 else text


def a_plate(chance: random.Random) -> tuple[str, str]:
    letters = "".join(chance.choices("ABCDEFGHJKLMNOPRSTUWXYZ", k=3))
    end = f"{chance.randrange(100):02d}{chance.choice('0123456789ABCDEFGHJKLMNPRSTUWXYZ')}"
    return "plate", chance.choice(PLATE).format(u=letters, k=end, l=letters.lower())


def disguised(text: str, chance: random.Random) -> str:
    """The same for the eye: other dashes, other digits, signs without width."""
    way = chance.randrange(6)
    if way == 0:
        return text.replace("-", chance.choice(DASHES))
    if way == 1:
        return text.translate(FULL_WIDTH)
    if way == 2:
        return text.translate(ARABIC)
    if way == 3:
        place = chance.randrange(1, len(text))
        return text[:place] + chance.choice(ZERO_WIDTH) + text[place:]
    return text


def says_person(text: str) -> bool:
    """The rule for personal numbers, read slowly: every stretch of the text, every way to part it."""
    return any(
        _is_number(text[start:end], text[end:])
        for start in range(len(text))
        for end in range(start + 10, min(start + 26, len(text)) + 1)
        if text[start].isdigit()
        and not text[start - 1 : start].isdigit()
        and not text[end : end + 1].isdigit()
    )


def _is_number(piece: str, after: str) -> bool:
    last, rest = piece[-4:], piece[:-4]
    if not last.isdigit():
        return False
    month, day, beyond = after[1:3], after[4:6], after[6:7]
    is_period = (
        last[:2] in ("19", "20")
        and after[:1] == after[3:4] == "-"
        and len(month + day) == 4
        and (month + day).isdigit()
        and month <= "12"
        and day <= "39"
        and not beyond.isdigit()
    )
    return any(
        _is_born(century, year, month, day)
        and not ("-" in between and is_period)
        and (
            (_is_even(gaps, between) and _is_checked(year + month + day + last))
            or _is_told(century, gaps, between, year)
        )
        for century, year, month, day, gaps, between in _parted(rest)
    )


def _parted(rest: str) -> Iterator[tuple[str, str, str, str, tuple[str, str, str], str]]:
    betweens = {*"./:_*=~|", "", " ", "  ", "   "} | {
        f"{before}{dash}{after}"
        for before, dash, after in product(("", " "), ("-", "+", "--", "++", "-+", "+-"), ("", " "))
    }
    for between in betweens:
        if not rest.endswith(between):
            continue
        born = rest[: len(rest) - len(between)]
        for century, (a, b, c) in product(("", "18", "19", "20"), product(("", *" ./_-"), repeat=3)):
            if a and not century:
                continue
            digits = born[len(century + a) :]
            year, month, day = digits[:2], digits[2 + len(b) : 4 + len(b)], digits[4 + len(b + c) :]
            if (
                century + a + year + b + month + c + day == born
                and len(day) == 2
                and (year + month + day).isdigit()
            ):
                yield century, year, month, day, (a, b, c), between


def _is_born(century: str, year: str, month: str, day: str) -> bool:
    of_month = int(day) - 60 * (int(day) >= 60)
    if int(day) >= 60 and (month == "00" or of_month == 0):
        return of_month <= 31 and int(month) <= 12
    try:
        date(int((century or "20") + year), int(month), of_month)
    except ValueError:
        return False
    return True


def _is_even(gaps: tuple[str, str, str], between: str) -> bool:
    return gaps[1] == gaps[2] or set(between) <= set(" -+")


def _is_checked(ten: str) -> bool:
    return check_digit(ten[:9]) == ten[9]


def _is_told(century: str, gaps: tuple[str, str, str], between: str, year: str) -> bool:
    a, b, c = gaps
    if b != c or a not in ("", " ", b):
        return False
    if between in ("-", "+", "--"):
        return b != " " or century != ""
    is_apart = between != "" and set(between) <= set(" -+")
    return is_apart and (b == "" or century != "") and not 2010 <= int((century or "20") + year) <= 2035
