"""Numbers as people write them: without a needless .0, and in Chinese numerals."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"


def plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def chinese(number: int) -> str:
    """A number below 10 000 in Chinese numerals: 12 is 十二, 105 is 一百零五."""
    if number < 10:
        return DIGITS[number]
    for size, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            first, rest = divmod(number, size)
            lead = "" if size == 10 and first == 1 else DIGITS[first]
            gap = "零" if rest and rest < size // 10 else ""
            return lead + word + gap + (chinese_rest(rest) if rest else "")
    raise ValueError(number)


def chinese_rest(rest: int) -> str:
    """The numerals after a bigger part: 115 is 一百一十五."""
    return "一" + chinese(rest) if 10 <= rest < 20 else chinese(rest)


def formal(number: int) -> str:
    """The numerals of cheques: 52 is 伍拾贰."""
    return chinese(number).translate(str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟"))
