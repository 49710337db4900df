"""Names, addresses, illnesses and marks of secrecy in a text, by lists of words and patterns that are reference data."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from analysis.intake.privacy_names import Lists, PersonNames, either

WordKind = Literal["name", "address", "health", "id_number", "card"]
_LABELLED_DIGITS = r"\D{0,6}(?:\d\W{0,3}){14,19}[x\d]"
_MOST_REMEMBERED = 32768
_LONGEST_NAME = 3


class PersonalWords:
    """The lists of `words/privacy.csv`, ready for searching; `normal` gives the form in which texts are compared."""

    def __init__(self, lists: Lists, normal: Callable[[str], str] = lambda text: text) -> None:
        self.lists = lists
        self.normal = normal
        self.names = PersonNames(lists)
        self._address = re.compile("|".join(lists.get("address_home", {})) or "(?!)")
        self._household_address = re.compile("|".join(lists.get("address_household", {})) or "(?!)")
        self._illness = re.compile(either(normal(word) for word in lists.get("health", {})))
        self._suffers = re.compile(rf"患(?:有|了|上|过)?(?:严重|重度|晚期)?(?:{self._illness.pattern})")
        self._no_illness = re.compile(either(lists.get("health_not", {})))
        self._ill_person = re.compile(either(lists.get("health_case", {})))
        self._labelled_id = re.compile(rf"(?:{either(lists.get('id_label', {}))}){_LABELLED_DIGITS}")
        self._labelled_account = re.compile(rf"(?:{either(lists.get('account_label', {}))}){_LABELLED_DIGITS}")
        self._secret = self._patterns("secret_mark", "search")
        self._secret_whole = self._patterns("secret_mark", "whole")
        self._secret_part = self._patterns("secret_name", "part")
        self.kinds = lru_cache(_MOST_REMEMBERED)(self._kinds)

    def _kinds(self, text: str) -> frozenset[WordKind]:
        """What no text of a return may hold, wherever it stands."""
        form = self.normal(text)
        if len(form) < 2 or form.isascii():
            return frozenset()
        found: set[WordKind] = {"name"} if self.names.inside(form) else set()
        found |= {"address"} if self._address.search(form) else set()
        ill = self.names_illness(text) and (self._speaks_of_one_ill(form) or self._name_beside_illness(form))
        found |= {"health"} if ill else set()
        found |= {"id_number"} if self._labelled_id.search(form) else set()
        found |= {"card"} if self._labelled_account.search(form) else set()
        return frozenset(found)

    def _speaks_of_one_ill(self, form: str) -> bool:
        return bool(self._ill_person.search(form) or self._suffers.search(form))

    def _name_beside_illness(self, form: str) -> bool:
        """Whether a piece of the text between punctuation, other than the illness itself, can be a name."""
        pieces = (piece for piece in re.split(r"[\W_]+", form) if 2 <= len(piece) <= _LONGEST_NAME)
        return any(self.names.instead(piece) for piece in pieces if not self.names_illness(piece))

    def household_kinds(self, text: str) -> frozenset[WordKind]:
        """What a text about one helped household must not hold; here an illness or a street needs no other context."""
        form = self.normal(text)
        found = set(self.kinds(text))
        found |= {"health"} if self.names_illness(text) else set()
        found |= {"address"} if self._household_address.search(form) else set()
        found |= {"name"} if self.names.alone(form) or self.names.within(form) else set()
        return frozenset(found)

    def names_illness(self, text: str) -> bool:
        """Whether a text names an illness, apart from phrases of public health."""
        return self._illness.search(self._no_illness.sub("", self.normal(text))) is not None

    def is_secret(self, text: str) -> bool:
        """Whether a text is, or holds, a mark of state secrecy."""
        form = self.normal(text)
        return self._secret_whole.fullmatch(form) is not None or self._secret.search(form) is not None

    def is_secret_name(self, name: str) -> bool:
        """Whether the name of a file or sheet bears a mark of secrecy."""
        form = self.normal(name)
        parts = re.split(r"[_\W]+", form)
        return self._secret.search(form) is not None or any(self._secret_part.fullmatch(part) for part in parts)

    def _patterns(self, name: str, how: str) -> re.Pattern[str]:
        found = [pattern for pattern, meaning in self.lists.get(name, {}).items() if meaning == how]
        return re.compile("|".join(f"(?:{pattern})" for pattern in found) or "(?!)")
