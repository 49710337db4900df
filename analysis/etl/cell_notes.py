"""What a text shows beside what it says: a mobile number, traditional characters, bracketed pinyin."""

from __future__ import annotations

import re
import unicodedata

from analysis.etl.text import normal_form, simplified

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def has_mobile(text: str) -> bool:
    """Whether a mobile number stands in the text."""
    return _MOBILE.search(normal_form(text)) is not None


def has_old_script(text: str) -> bool:
    """Whether the text has traditional characters or pinyin in brackets, which are made plain for comparing (M59)."""
    folded = unicodedata.normalize("NFKC", text)
    if "(" in folded and folded.count("(") > normal_form(text).count("("):
        return True
    return any(simplified(character) != character for character in folded if _is_rare(character))


def _is_rare(character: str) -> bool:
    """A Chinese character outside the standard set of simplified text (著 and 乾 are inside it)."""
    if character < "\u3400":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
