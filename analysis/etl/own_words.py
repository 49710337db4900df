"""Words of the heading that a unit says again beside the number: 捐款1200元, 在岗42人, 50人参加."""

from __future__ import annotations

from collections.abc import Container, Iterable

_SHORTEST = 2
_LONGEST = 12


class HeadingWords:
    """The words of one heading that say what is counted: 在岗 and 在岗人数 of 年末在职在岗人数, and the words of `more`.

    A word counts when the heading ends with it, or with it and one of `tails` (人数, 数): 退休 is no word of
    离退休党员. What stands in brackets must be left out by the caller.
    """

    def __init__(self, heading: str, tails: Iterable[str] = (), more: Container[str] = ()) -> None:
        self._ends = tuple(heading.removesuffix(tail) for tail in ("", *tails) if heading.endswith(tail))
        self._more = more

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or len(word) < _SHORTEST:
            return False
        return word in self._more or any(end.endswith(word) for end in self._ends)


def without_own_words(text: str, own_words: Container[str]) -> str:
    """A tidy text without the longest such words at its start and its end; empty when there is none or nothing else."""
    lengths = range(min(_LONGEST, len(text)), 0, -1)
    start = next((size for size in lengths if text[:size] in own_words), 0)
    rest = text[start:].removeprefix(":") if start else text
    end = next((size for size in lengths if size < len(rest) and rest[-size:] in own_words), 0)
    core = rest[: len(rest) - end]
    return core if core != text else ""
