"""What a mess may look at besides the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tests.builder.frame import Manner
from tests.builder.heads import Heads

T = TypeVar("T")


class NoPlace(Exception):
    """A mess finds nothing in the sheet that it could befall."""


@dataclass(frozen=True)
class Scene:
    """The unit, its counts, the dice, and what stood behind the colon in the name of the mess."""

    manner: Manner
    heads: Heads
    rng: Random
    wanted: str = ""

    def one_of(self, found: Sequence[T]) -> T:
        """One of what was found; NoPlace when there is nothing."""
        if not found:
            raise NoPlace
        return self.rng.choice(found)
