"""What may stand behind a day without changing it: a weekday, a time of day."""

from __future__ import annotations

import re

from analysis.etl.lexicon import Lexicon

_CLOCK = re.compile(
    r"(?<![0-9.:\-])(?:t|\s)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:[-~\u2010-\u2015至到][0-9]{1,2}:[0-9]{2})?$"
    r"|(?<=[0-9])(?:t|\s)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?$"
    r"|(?<![0-9.:\-])[0-9]{1,2}[时点](?:[0-9]{1,2}分?|半|整)?(?:[-~\u2010-\u2015至到][0-9]{1,2}[时点](?:[0-9]{1,2}分?|半)?)?$"
)


def without_tail(text: str, lexicon: Lexicon) -> tuple[str, tuple[int, ...]]:
    """The text without weekdays and times at its end, and the weekdays that were there (1 is Monday)."""
    weekdays: list[int] = []
    while True:
        core = text.rstrip(" \n,")
        bracketed = re.fullmatch(r"(.*)\(([^()]+)\)", core)
        if bracketed and without_tail(bracketed[2], lexicon)[0] == "":
            core = bracketed[1] + bracketed[2]
        clock = _CLOCK.search(core)
        word = lexicon.end("weekday", core) or lexicon.end("day_part", core)
        if clock:
            core = core[: clock.start()]
        elif word:
            core = core[: -len(word)]
            if lexicon.has("weekday", word):
                weekdays.append(int(lexicon.meaning("weekday", word) or 0))
        else:
            return core, tuple(weekdays)
        text = core
