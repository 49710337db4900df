"""A browser for the tests of pages, and the site of a sample year."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import NoBrowser, open_browser
from tests.browser.site_year import last_clean_year, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

N_UNITS = 9


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of the site of the last sample year."""
    year = last_clean_year()
    if year is None:
        pytest.skip("no tables in data/clean yet: run `make report`")
    return write_site(year, tmp_path_factory.mktemp("site") / str(year), N_UNITS)
