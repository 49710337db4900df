"""A browser for the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import NoBrowser, open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests of a module.

    Not for the whole session: while playwright is open, no other test of the process can start an event loop.
    """
    try:
        with open_browser() as opened:
            yield opened
    except NoBrowser as fault:
        pytest.fail(str(fault), pytrace=False)
