"""Names of persons in a text: by surname, usual given characters and the words around them. The words are reference data.

A name alone cannot be told from an ordinary word (高明, 金秋), so that something beside it must speak for it: a word
such as 户主 before it, one such as 老人 after it, or a piece of text that is nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Lists = Mapping[str, Mapping[str, str]]
_CJK = r"[\u3400-\u9fff]"
_HAN = re.compile(f"{_CJK}+")
_DOTTED = re.compile(rf"{_CJK}{{2,8}}(?:[·•・]{_CJK}{{2,8}})+")
_CUT = re.compile(r"[^\u3400-\u9fff·•・]+")
_IS = r"(?:是|为|系|叫|名叫)?:?"
_LONGEST_HEADER = 12


def either(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first; without words one that matches nothing."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


class PersonNames:
    """The lists about names, ready for searching. All texts come in normal form (`etl.text.normal_form`)."""

    def __init__(self, lists: Lists) -> None:
        cues = lists.get("person_cue", {})
        groups = either(word for word, meaning in cues.items() if meaning == "group")
        ones = either(word for word, meaning in cues.items() if meaning == "one")
        before, after = either(lists.get("person_before", {})), either(lists.get("person_after", {}))
        self._one = re.compile(rf"(?:{ones})[:(\"“]?{_IS}|(?:{groups}){_IS}[:(]")
        self._verb = re.compile(rf"(?=({either(word for word, meaning in cues.items() if meaning == 'verb')}))")
        self._group = re.compile(rf"(?:{groups}){_IS}")
        self._titled = re.compile(rf"(?:(?<!{_CJK})|{before})(?=({_CJK}{{3}})\(?(?:{after}))")
        self._free = re.compile(rf"(?:(?<!{_CJK})|[年月日其]|{before})(?=({_CJK}{{3}}))")
        self._end = re.compile(either(lists.get("name_end", {})))
        self._in_file_name = re.compile(rf"(?:{either(lists.get('file_name_cue', {}))})[_\s:\-]?(?=({_CJK}{{2,3}}))")
        self._clear = "".join(lists.get("personal_surname", {}))
        self._also_word = "".join(lists.get("personal_surname_word", {}))
        self._double = frozenset(lists.get("personal_surname_double", {}))
        self._usual = frozenset("".join(lists.get("given_name_character", {})))
        self._placeholders = frozenset(lists.get("placeholder_name", {}))
        self._words = tuple(lists.get("not_name", {}))
        self._places = tuple(lists.get("not_entity_end", {}))
        self._headers = lists.get("name_header", {})
        self._staff = tuple(lists.get("name_header_not", {}))

    def inside(self, form: str) -> bool:
        """Whether a text names a helped person: 户主王秀英, 慰问对象:李桂兰, 看望王秀英老人."""
        return (
            any(self._follows(form, hit.end(), group=False) for hit in self._one.finditer(form))
            or any(self._follows(form, hit.end(), group=True) for hit in self._group.finditer(form))
            or any(self._ends_there(form, hit.end(1), form[hit.end(1) :][:length], True)
                   for hit in self._verb.finditer(form) for length in (2, 3, 4))
            or any(self._is_sure(hit.group(1)) for hit in self._titled.finditer(form))
        )  # fmt: skip

    def within(self, form: str) -> bool:
        """Whether a text about one household has a sure name in it: 2024年王秀英住院."""
        names = (hit.group(1) for hit in self._free.finditer(form) if not form.startswith(self._places, hit.end() + 3))
        return any(self._is_sure(name) and name[0] in self._clear for name in names)

    def alone(self, form: str) -> bool:
        """Whether a piece of the text, between punctuation, is a name that can be nothing else: 王秀英、李桂兰等3户."""
        return any(self._fills(piece) for piece in _CUT.split(form))

    def instead(self, form: str) -> bool:
        """Whether a text that should be a number is a name: here any surname with one or two characters will do."""
        pieces = [piece for piece in _CUT.split(form) if piece]
        return self.inside(form) or any(self._is_name(piece) or self._fills(piece) for piece in pieces)

    def header(self, form: str) -> bool:
        """Whether a column with this header holds names of persons."""
        bare = re.sub(r"\([^()]*\)", "", form)
        if any(word in bare for word in self._staff):
            return False
        ends = (word for word, how in self._headers.items() if how == "ends")
        return bare in self._headers or (len(bare) <= _LONGEST_HEADER and bare.endswith(tuple(ends)))

    def likely(self, form: str) -> bool:
        """Whether a whole text is a name: a sure one, or a surname that is no other word and one or two characters."""
        return self._is_sure(form) or (self._is_name(form) and self._surname(form)[:1] not in self._also_word)

    def spans(self, name: str) -> list[tuple[int, int]]:
        """Where persons are named in the name of a file or sheet: after a word for it, or alone between signs."""
        found = []
        for hit in self._in_file_name.finditer(name):
            length = self._length(name, hit.end(), group=False)
            found += [(hit.end(), hit.end() + length)] if length else []
        alone = re.finditer(rf"(?<!{_CJK}){_CJK}{{3,4}}(?!{_CJK})", name)
        return found + [hit.span() for hit in alone if self._is_sure(hit.group())]

    def _follows(self, form: str, start: int, *, group: bool) -> bool:
        return self._length(form, start, group=group) > 0 or _DOTTED.match(form, start) is not None

    def _length(self, form: str, start: int, *, group: bool) -> int:
        """Length of the name that stands at a place, 0 when there is none; behind a word for many more is asked."""
        if form.startswith(self._words, start):
            return 0
        for length in (4, 3, 2):
            name = form[start : start + length]
            if len(name) == length and (self._is_sure(name) or self._ends_there(form, start, name, group)):
                return length
        return 0

    def _ends_there(self, form: str, start: int, name: str, group: bool) -> bool:
        """A less sure name counts when the text, or its piece, ends behind it."""
        end = start + len(name)
        closed = end >= len(form) or not _HAN.match(form, end) or self._end.match(form, end) is not None
        surname = self._surname(name)
        clear, usual = surname in self._double or surname in self._clear, self._given_is_usual(name)
        likely = (clear and usual) if group else (clear or usual)
        return closed and likely and self._is_name(name)

    def _fills(self, piece: str) -> bool:
        if _DOTTED.fullmatch(piece) or piece in self._placeholders:
            return True
        return any(
            self._is_sure(piece[:length]) and (len(piece) == length or self._end.fullmatch(piece, length) is not None)
            for length in (3, 4)
        )

    def _is_sure(self, name: str) -> bool:
        """Surname and two characters that are usual in names; no ordinary word."""
        two = len(name) == len(self._surname(name)) + 2
        return name in self._placeholders or (two and self._given_is_usual(name) and self._is_name(name))

    def _is_name(self, name: str) -> bool:
        surname = self._surname(name)
        shape = bool(surname) and 1 <= len(name) - len(surname) <= 2 and _HAN.fullmatch(name) is not None
        return shape and not name.startswith(self._words) and not name.endswith(self._places) and "某" not in name

    def _surname(self, name: str) -> str:
        if name[:2] in self._double:
            return name[:2]
        return name[:1] if name[:1] in self._clear or name[:1] in self._also_word else ""

    def _given_is_usual(self, name: str) -> bool:
        given = name[len(self._surname(name)) :]
        return bool(given) and all(character in self._usual for character in given)
