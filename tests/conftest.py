"""How hypothesis searches: the same examples on every run, or (`make torture`) many new ones."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("torture", deadline=None, max_examples=5000)
settings.load_profile("house")
