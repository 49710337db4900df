"""A browser for the tests where there is none yet: `make browser`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.browser.chromium import REMEDY, system_browser


def is_there() -> bool:
    """Whether the system has Chromium or Chrome, or playwright its own."""
    from playwright.sync_api import sync_playwright

    if system_browser():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


def main() -> int:
    """Takes the browser of playwright where there is none; 1, with one line, where that fails too."""
    if is_there():
        return 0
    taken = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    if taken.returncode == 0:
        return 0
    print(REMEDY, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
