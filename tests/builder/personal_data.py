"""Invented personal data with right check digits: numbers that look real and belong to nobody."""

from __future__ import annotations

from random import Random

from tests.builder.register import wording, words

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RARE = ("宸曦", "沐瑶", "梓珩", "芷晴", "煜祺", "岑远", "亦舒", "皓轩", "槿汐", "若彤")


def full_name(rng: Random) -> str:
    """A name that no other cell of the sample has."""
    return rng.choice(words()["surnames"]) + rng.choice(RARE)


def id_number(rng: Random) -> str:
    """Eighteen digits with a right check digit, of a region that does not exist."""
    day = f"{rng.randint(1948, 1999)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"4299{rng.randint(81, 99)}{day}{rng.randint(100, 999)}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def old_id_number(rng: Random) -> str:
    """Fifteen digits, as before 1999."""
    return f"4299{rng.randint(81, 99)}{rng.randint(48, 79)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(100, 999)}"


def mobile(rng: Random) -> str:
    return f"1{rng.choice('3578')}{rng.randint(100000000, 999999999)}"


def card(rng: Random) -> str:
    """Nineteen digits that pass Luhn's test."""
    body = f"62{rng.randint(10**15, 10**16 - 1)}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return body + str(-total % 10)


def illness(rng: Random) -> str:
    return str(rng.choice(wording("sheet", "illnesses")))


def home(rng: Random) -> str:
    return str(rng.choice(wording("sheet", "addresses")))
