"""A remark -> the clause by which it says that people who are no staff of the unit are counted in (M47).

The grammar stands in lists of the reference data:

* `not_staff` are the people (meaning `public`: people who are usually served, who count only with a number);
* `counted_in` counts in who comes after it (meaning `number`: only with one; `people`: it speaks of the number itself), `counted_after` who stands before it, in
  the same clause or the one before (meaning `same`: only in the same);
* `counted_out` keeps the clause out (meaning `before`: only just before the people);
* `counted_between` may stand between such a word and the people;
* `served` before the people says that they were visited or helped, unless a word of `taking_part` follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from analysis.etl.text import normal_form

_CLAUSE = re.compile(r"[,;。.!?\n()\[\]【】〔〕「」『』“”\"]")
_MOST_BETWEEN = 14  # words; more would take long to try in a long text
_DIGITS = r"[\d一二三四五六七八九十两百零]"
_COUNTED = re.compile(rf"{_DIGITS}+(?:余|多)?(?:人|名|位|个)")
_PEOPLE_COUNT = re.compile(r"(\d+)(?:人|名|位)")
_NOBODY = re.compile(r"^\D{0,6}?(?:(?<!\d)0|零|无|没有)(?![\d.])")
_NOT_PEOPLE = re.compile(rf"^[^\d]{{0,4}}{_DIGITS}+(?:户|元|件|份|盒|家庭)")

Words = Mapping[str, Mapping[str, str]]
_LISTS = ("not_staff", "counted_in", "counted_after", "counted_out", "counted_between", "served", "taking_part")


def others_counted(remark: str, words: Words, people: float | None = None) -> str:
    """The first clause that counts others in; empty when none does.

    `people` is the number beside the remark: a remark that splits it up (在职30人,退休5人) counts others in too.
    """
    grammar = _grammar(tuple(tuple(words.get(name, {}).items()) for name in _LISTS))
    text = normal_form(remark).replace(":", "")
    before = ""
    for clause in _CLAUSE.split(text):
        if grammar.counts_in(clause, before):
            return clause
        before = clause or before
    return text if people and grammar.splits_up(text, people) else ""


class _Grammar:
    """The patterns of the lists. Built once for all remarks of a run."""

    def __init__(self, lists: Mapping[str, Mapping[str, str]]) -> None:
        staff = lists["not_staff"]
        gap = f"(?:{_any(lists['counted_between'])}|{_DIGITS}|、){{0,{_MOST_BETWEEN}}}?"
        who = _any(staff)
        marker = _any(lists["counted_in"])
        close = _any(word for word, how in lists["counted_out"].items() if how == "before")
        self.out = re.compile(_any(word for word, how in lists["counted_out"].items() if not how))
        self.out_before = re.compile(f"{close}{gap}{who}")
        self.before = re.compile(f"(?P<said>{marker})(?P<gap>{gap})(?P<who>{who})(?P<rest>.*)")
        self.after = re.compile(f"{who}{gap}{_any(lists['counted_after'])}")
        self.goes_on = re.compile(f"^(?:及|和|与)?(?P<who>{who})(?P<rest>{gap}\\d+(?:人|名|位).*)")
        self.marker = re.compile(marker)
        self.follows = re.compile(f"^{gap}{_any(word for word, how in lists['counted_after'].items() if not how)}")
        self.somebody = re.compile(who)
        self.numbered = {normal_form(word) for word, how in lists["counted_in"].items() if how == "number"}
        self.of_the_number = {normal_form(word) for word, how in lists["counted_in"].items() if how == "people"}
        self.who = re.compile(f"{who}{gap}\\d+(?:人|名|位)")
        self.served = re.compile(f"{_any(lists['served'])}(?!.*{_any(lists['taking_part'])})")
        self.public = {normal_form(word) for word, how in staff.items() if how == "public"}

    def counts_in(self, clause: str, before: str) -> bool:
        if not clause or self.out.search(clause) or self.out_before.search(clause):
            return False
        said = self.before.search(clause)
        if said is None and self.marker.search(before) and not self.out.search(before):
            said = self.goes_on.search(clause)
        if said:
            lead = clause[: said.start()] or before
            return self._said_of_people(said) and not self.served.search(lead)
        if self.after.search(clause):
            return True
        spoken = self.somebody.search(before)
        kept = not self.out.search(before) and not self.out_before.search(before)
        return bool(
            spoken and kept and self.follows.search(clause) and not self.served.search(before[: spoken.start()])
        )

    def _said_of_people(self, said: re.Match[str]) -> bool:
        rest = said.group("rest")
        gap = said.groupdict().get("gap") or ""
        if _NOBODY.match(rest) or _NOT_PEOPLE.match(rest) or gap.startswith(("0", "零")):
            return False
        marker = said.groupdict().get("said")
        sure = marker in self.of_the_number or (said.group("who") not in self.public and marker not in self.numbered)
        return sure or _COUNTED.search(gap + rest) is not None

    def splits_up(self, text: str, people: float) -> bool:
        if self.out.search(text) or self.out_before.search(text) or not self.who.search(text):
            return False
        counts = [int(count) for count in _PEOPLE_COUNT.findall(text)]
        return len(counts) > 1 and sum(counts) == people


@lru_cache(maxsize=4)
def _grammar(lists: tuple[tuple[tuple[str, str], ...], ...]) -> _Grammar:
    return _Grammar({name: dict(entries) for name, entries in zip(_LISTS, lists, strict=True)})


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; nothing matches an empty list."""
    forms = sorted({normal_form(word) for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, forms)) + ")" if forms else r"(?!)"
