"""Signs of numbers in texts: the sign of subtraction for what is below zero, everywhere the same.

matplotlib draws the hyphen at axes (`axes.unicode_minus`), so no axis of ours has numbers below zero.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
EXACT = (
    12  # decimals to which a ratio of counts is a number of its own; what differs behind them is noise of the computer
)


def minus(number: str) -> str:
    """The number with the sign of subtraction, and none where the digits shown are all 0."""
    if not number.startswith("-"):
        return number
    digits = number.removeprefix("-")
    return MINUS + digits if digits.strip("0.,%") else digits


def percent_digits(share: float, sign: str = "") -> str:
    """A share in percent with one decimal, halves away from zero as people round: 0.0625 -> 6.3, 0.2874 -> 28.7.

    With `sign` a plus stands before what is not below zero. NaN and infinity stay words.
    """
    if not math.isfinite(share):
        return f"{share:{sign}.1f}"
    exact = Decimal(f"{share:.{EXACT}f}") * 100
    return f"{exact.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP):{sign}}"


def signed(difference: float) -> str:
    """A difference of shares in percentage points with its sign; no sign where one decimal shows nothing."""
    return _without_empty_sign(percent_digits(difference, "+"))


def signed_number(value: float, decimals: int) -> str:
    """A difference of other numbers with its sign; none where the decimals show nothing."""
    return _without_empty_sign(f"{value:+.{decimals}f}")


def _without_empty_sign(text: str) -> str:
    return minus(text) if text.strip("+-0.") else text[1:]
