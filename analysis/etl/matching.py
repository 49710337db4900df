"""Columns of a table -> columns of a template, by what their headers say as a whole.

A column whose header and group both agree is an anchor. Columns whose group was lost (merged cells undone) are
placed between the anchors by their order; when two placements are equally good, there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.etl.templates import Template, stem
from analysis.etl.text import normal_form
from analysis.records import Table

SameGroup = Callable[[str, str], bool]
_WEAK = 0.4
_STRONG = 0.85
_OPENED = 0.86
OPENINGS = "\x00openings"  # a key that no header can be


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which template column (its letters) each sheet column holds.

    `unknown` are sheet columns that no field takes, `missing` template columns that no sheet column holds,
    `doubtful` sheet columns that could be more than one field, or one of several that could be the same, and `claimed`
    the template columns that they could be. `filled` says that lost groups were put back.
    """

    columns: Mapping[int, str]
    unknown: tuple[int, ...]
    missing: tuple[str, ...]
    doubtful: tuple[int, ...]
    filled: bool
    in_order: bool
    claimed: frozenset[str] = frozenset()

    @property
    def coverage(self) -> float:
        total = len(self.columns) + len(self.missing)
        return len(self.columns) / total if total else 0.0


def assign_columns(table: Table, template: Template, synonyms: Mapping[str, str], same_group: SameGroup) -> Assignment:
    """The best assignment of the columns of a table to those of a template.

    `synonyms`: normal form of a header -> that of the printed one; several are joined by `;`.
    """
    letters = list(template.columns)
    groups = {normal_form(group) for group, _ in template.columns.values() if group}
    scores = {
        column: [_score(texts, *template.columns[letter], groups, synonyms, same_group) for letter in letters]
        for column, texts in table.headers.items()
    }
    columns = sorted(scores)
    anchors, doubtful = _anchors(columns, scores)
    placed, filled = dict(anchors), False
    weak = [c for c in columns if c not in placed and c not in doubtful and max(scores[c], default=0.0) >= _WEAK]
    if weak:
        between, unsure = _place_between(weak, letters, scores, anchors)
        placed.update(between)
        doubtful += unsure
        filled = bool(between)
    for column in list(doubtful):
        rivals = _rivals(column, placed, template, letters, scores)
        doubtful += [rival for rival in rivals if rival not in doubtful]
    placed = {column: index for column, index in placed.items() if column not in doubtful}
    found = {column: letters[index] for column, index in sorted(placed.items())}
    unknown = tuple(c for c in columns if c not in placed and c not in doubtful)
    missing = tuple(letter for letter in letters if letter not in found.values())
    order = [placed[column] for column in sorted(placed)]
    in_order = all(first < second for first, second in pairwise(order))
    claimed = frozenset(
        letter for column in doubtful for letter, score in zip(letters, scores[column], strict=True) if score >= _WEAK
    )
    return Assignment(found, unknown, missing, tuple(sorted(doubtful)), filled, in_order, claimed & {*missing})


def _score(
    texts: Sequence[str], group: str, header: str, groups: set[str], synonyms: Mapping[str, str], same_group: SameGroup
) -> float:
    """How well the tiers of a header say this group and this header, 0..1."""
    forms = [normal_form(text) for text in texts if text]
    if not forms or not header:
        return 0.0
    wanted, wanted_group = normal_form(header), normal_form(group)
    if wanted_group and "".join(forms) in (wanted_group + wanted, stem(group) + stem(header)):
        return 1.0
    last = forms[-1]
    if last == wanted:
        said = 1.0
    elif stem(last) == stem(header):
        said = 0.95
    elif wanted in synonyms.get(last, "").split(";") or wanted in synonyms.get(stem(last), "").split(";"):
        said = 0.9
    elif wanted in _without_openings(last, synonyms) or last in _without_openings(wanted, synonyms):
        said = _OPENED
    else:
        return 0.0
    above = [form for form in forms[:-1] if form != forms[-1]]
    if not wanted_group:
        conflict = any(form in groups for form in above)
        return 0.0 if conflict else said
    if not above:
        return said * _WEAK
    return said if any(same_group(form, group) for form in above) else 0.0


def _without_openings(form: str, synonyms: Mapping[str, str]) -> set[str]:
    """The header without the words before it that say nothing new (活动开展时间 for 开展时间); none when it has none."""
    return {form.removeprefix(word) for word in synonyms.get(OPENINGS, "").split(";") if word and form.startswith(word)}


def _anchors(columns: list[int], scores: Mapping[int, list[float]]) -> tuple[dict[int, int], list[int]]:
    """Columns that name exactly one field; two columns that name the same field are doubtful."""
    wish: dict[int, int] = {}
    doubtful: list[int] = []
    for column in columns:
        strong = [index for index, score in enumerate(scores[column]) if score >= _STRONG]
        best = [index for index in strong if scores[column][index] == max(scores[column])]
        if len(best) == 1:
            wish[column] = best[0]
        elif len(best) > 1:
            doubtful.append(column)
    for index in set(wish.values()):
        rivals = [column for column in wish if wish[column] == index]
        if len(rivals) > 1:
            doubtful += rivals
            for column in rivals:
                del wish[column]
    return wish, doubtful


def _rivals(
    column: int,
    placed: Mapping[int, int],
    template: Template,
    letters: Sequence[str],
    scores: Mapping[int, Sequence[float]],
) -> list[int]:
    """Columns of the group just left of a doubtful one that may be the same field: which is meant nobody can tell.

    Where merged headers were undone, a column of the unit's own inside a group looks like one behind it.
    """
    groups = {at: template.columns[letters[index]][0] for at, index in placed.items()}
    group = groups.get(column - 1, "")
    rivals, at = [], column - 1
    while group and groups.get(at) == group:
        if scores[column][placed[at]] >= _WEAK:
            rivals.append(at)
        at -= 1
    return rivals


def _place_between(
    weak: list[int], letters: list[str], scores: Mapping[int, list[float]], anchors: Mapping[int, int]
) -> tuple[dict[int, int], list[int]]:
    """Columns of unknown group, each put in the only place that the order leaves; the rest is unsure."""
    placed: dict[int, int] = {}
    unsure: list[int] = []
    edges = [(0, -1), *sorted(anchors.items()), (max([*weak, *anchors]) + 1, len(letters))]
    for (left, first), (right, last) in pairwise(edges):
        here = [column for column in weak if left < column < right]
        free = [i for i in range(first + 1, last) if i not in anchors.values()]
        if not here:
            continue
        early = _align(here, free, scores)
        mirrored = _align(here[::-1], free[::-1], scores)
        if early == mirrored and len(early) == len(here):
            placed.update(early)
        else:
            unsure += here
    return placed, unsure


def _align(here: list[int], free: list[int], scores: Mapping[int, list[float]]) -> dict[int, int]:
    """Best alignment in order (longest common subsequence by score); ties go to the earliest free place."""
    rows, cols = len(here), len(free)
    best = [[0.0] * (cols + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(cols - 1, -1, -1):
            score = scores[here[i]][free[j]]
            take = score + best[i + 1][j + 1] if score >= _WEAK else -1.0
            best[i][j] = max(take, best[i][j + 1], best[i + 1][j])
    chosen: dict[int, int] = {}
    i = j = 0
    while i < rows and j < cols:
        score = scores[here[i]][free[j]]
        if score >= _WEAK and best[i][j] == score + best[i + 1][j + 1]:
            chosen[here[i]] = free[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            i += 1
    return chosen
