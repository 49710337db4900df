"""Words of the heading that a unit says again beside the number: 捐款1200元, 在岗42人, 50人参加."""

from __future__ import annotations

from collections.abc import Container

_SHORTEST = 2
_LONGEST = 12


class HeadingWords:
    """The words of one heading: `word in words` holds for every part of it of two characters or more, and for `more`.

    What stands in brackets must be left out by the caller: 退休 is no word of 年内调出(含退休).
    """

    def __init__(self, heading: str, more: Container[str] = ()) -> None:
        self._heading, self._more = heading, more

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and len(word) >= _SHORTEST and (word in self._heading or word in self._more)


def without_own_words(text: str, own_words: Container[str]) -> str:
    """A tidy text without the longest such words at its start and its end; empty when there is none or nothing else."""
    lengths = range(min(_LONGEST, len(text)), 0, -1)
    start = next((size for size in lengths if text[:size] in own_words), 0)
    rest = text[start:].removeprefix(":") if start else text
    end = next((size for size in lengths if size < len(rest) and rest[-size:] in own_words), 0)
    core = rest[: len(rest) - end]
    return core if core != text else ""
