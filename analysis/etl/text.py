"""One spelling for texts that mean the same: the normal form by which words, headers and names are compared.

Only for comparing. What a person wrote is kept as written (`raw`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_CJK = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAS_CJK = re.compile(f"[{_CJK}]")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
_TONED_PINYIN = re.compile(rf"\([a-z{_TONED}'·-]*[{_TONED}][a-z{_TONED}'·-]*\)")
_SYLLABLE = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[iuv]?ang|[iuv]?an|i?ong|[iuv]?eng?|ing|in|iao|uai|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|ia|ua|uo|[aoeiuv])"
# without tone marks only inside a word, before another character: a unit such as 面积(ha) stays
_PLAIN_PINYIN = re.compile(rf"(?<=[{_CJK}])\((?:{_SYLLABLE}){{1,4}}\)(?=[{_CJK}])")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC  # slow to load, and not needed for numbers

    return OpenCC("t2s")


def has_chinese(text: str) -> bool:
    """Whether the text has at least one Chinese character."""
    return _HAS_CJK.search(text) is not None


def simplified(text: str) -> str:
    """The text with traditional characters made simplified."""
    return str(_converter().convert(text)) if has_chinese(text) else text


@lru_cache(maxsize=65536)
def normal_form(text: str) -> str:
    """The text as it is compared: 「 學(xué)雷鋒 （人）」 -> 「学雷锋(人)」.

    NFKC (full-width to half-width, ① to 1), without spaces, line breaks and invisible characters, Latin letters
    small, pinyin in brackets left out, traditional characters simplified.
    """
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    if "(" in folded:
        folded = _PLAIN_PINYIN.sub("", _TONED_PINYIN.sub("", folded))
    return simplified(folded)


def without_brackets(text: str) -> str:
    """A normal form without what stands in round brackets: 「金额(元)」 -> 「金额」. Unchanged when nothing else is left."""
    if "(" not in text:
        return text
    return re.sub(r"\([^()]*\)", "", text) or text


def plain_number(text: str) -> float | None:
    """The number of a normal form that is nothing but a number (`1,200`, `-3.5`, `85%` -> 85), else None."""
    body = text[:-1] if text.endswith("%") else text
    return float(body.replace(",", "")) if _NUMBER.fullmatch(body) else None
