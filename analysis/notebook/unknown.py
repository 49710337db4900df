"""The one error of the bench: what was typed, what there is, and what to type instead; in Chinese, with English below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analysis.present.labels import LANGS, Lang, fill, load_phrases

FEW = 12  # so many names are all listed
NEAR = 3
ALIKE = 45.0  # rapidfuzz's ratio from which a name is worth suggesting among many
CLOSE = 70.0  # and from which it is told alone where all could be listed
CLEARLY = 10.0  # a name so much less alike than the best is not suggested beside it
BETWEEN = " | "  # what stands between the languages

Names = Mapping[str, Iterable[str]]


class UnknownName(KeyError):
    """Nothing of that name, or more than one thing; the text says what there is, the nearest first."""

    def __str__(self) -> str:
        return str(self.args[0])

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the languages below each other, and no lines of our code."""
        return [f"{type(self).__name__}:", *str(self).split(BETWEEN)]


class UnknownAttribute(UnknownName, AttributeError):
    """The same behind a dot, where Python asks for an AttributeError."""


def say(code: str, **values: str | Mapping[Lang, str]) -> str:
    """A phrase of the bench in both languages; a value may be one text of each language."""
    return BETWEEN.join(
        phrase(code, lang, **{name: one if isinstance(one, str) else one[lang] for name, one in values.items()})
        for lang in LANGS
    )


def phrase(code: str, lang: str, **values: str) -> str:
    """A phrase of the bench."""
    label = load_phrases()[f"bench.{code}"]
    return fill(label.zh if lang == "zh" else label.en, **values)


def unknown(
    kind: str, text: str, known: Iterable[str], every: bool = False, called: Names = MappingProxyType({})
) -> UnknownName:
    """The error for a text of a kind (`bench.unit` in phrases.csv): the nearest names, or all when they are few.

    `known` are names as they are listed; `called` has what else these things are called. `every` lists all of them.
    """
    names = {name: called.get(name, ()) for name in known}
    near = [] if every else _near(text, names)
    if near and (len(names) > FEW or near[0][1] >= CLOSE):
        return UnknownName(_two_parts("unknown", "near", kind, text, [name for name, _ in near]))
    told = list(names) if every or len(names) <= FEW else []
    end = "several" if told else "nothing_near" if names else "nothing"
    return UnknownName(_two_parts("unknown", end, kind, text, told))


def ambiguous(kind: str, text: str, found: Iterable[str]) -> UnknownName:
    """The error for a text that may mean any of these names, or is part of each."""
    return UnknownName(_two_parts("ambiguous", "several", kind, text, list(found)))


def _two_parts(head: str, end: str, kind: str, text: str, told: list[str]) -> str:
    return BETWEEN.join(
        ("" if lang == "zh" else " ").join(
            (
                phrase(head, lang, kind=phrase(kind, lang), text=text, n=str(len(told))),
                phrase(end, lang, names=listed(told, lang)),
            )
        )
        for lang in LANGS
    )


def listed(names: list[str], lang: str) -> str:
    """Names one after another; of many the first, and how many there are."""
    text = ("、" if lang == "zh" else ", ").join(names[:FEW])
    return text if len(names) <= FEW else phrase("and_more", lang, names=text, n=str(len(names)))


def _near(text: str, names: Names) -> list[tuple[str, float]]:
    """The names most like the text, the nearest first, by whatever they are called; with how much."""
    wanted = text.casefold()
    best = {name: _best(wanted, [one.casefold() for one in (name, *called)]) for name, called in names.items()}
    least = max(ALIKE, max((score for score, _ in best.values()), default=0.0) - CLEARLY)
    near = [name for name, (score, _) in best.items() if score >= least]
    return [(name, best[name][0]) for name in sorted(near, key=lambda name: -sum(best[name]))[:NEAR]]


def _best(wanted: str, called: list[str]) -> tuple[float, float]:
    """How much the text is like one of these, as a part of it and as a whole."""
    from rapidfuzz import fuzz

    return max((fuzz.WRatio(wanted, one), fuzz.ratio(wanted, one)) for one in called)
