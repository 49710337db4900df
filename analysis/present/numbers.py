"""Signs of numbers in texts: the sign of subtraction for what is below zero, everywhere the same.

matplotlib draws the hyphen at axes (`axes.unicode_minus`), so no axis of ours has numbers below zero.
"""

from __future__ import annotations

MINUS = "\u2212"


def minus(number: str) -> str:
    """The number with the sign of subtraction, and none where the digits shown are all 0."""
    if not number.startswith("-"):
        return number
    digits = number.removeprefix("-")
    return MINUS + digits if digits.strip("0.,%") else digits


def signed(difference: float) -> str:
    """A difference of shares in percentage points with its sign; no sign where one decimal shows nothing."""
    return signed_number(100 * difference, 1)


def signed_number(value: float, decimals: int) -> str:
    """A difference of other numbers with its sign; none where the decimals show nothing."""
    text = f"{value:+.{decimals}f}"
    return minus(text) if text.strip("+-0.") else text[1:]
