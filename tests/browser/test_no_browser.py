"""A machine without a browser is told what to install."""

from __future__ import annotations

import pytest

from tests.browser.chromium import NoBrowser, open_browser


def test_machine_without_a_browser_is_told_so_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))

    with pytest.raises(NoBrowser, match="playwright install chromium") as caught, open_browser():
        pass
    assert len(str(caught.value).splitlines()) == 1
