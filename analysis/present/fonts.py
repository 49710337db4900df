"""The Chinese font of every figure: one file, shipped with mplfonts and registered by its path.

matplotlib's own font has no Chinese glyphs and would print boxes without a word, so an absent file is an error.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager

FONT_FILE = "NotoSansCJKsc-Regular.otf"
FONT_FAMILY = "Noto Sans CJK SC"


class FontFault(Exception):
    """The font file is not installed; the text says what to do."""


def font_path() -> Path:
    """Where the font file lies; raises FontFault when it is not there."""
    package = find_spec("mplfonts")
    folder = Path(package.origin).parent if package and package.origin else Path()
    path = folder / "fonts" / FONT_FILE
    if package is None or not path.is_file():
        raise FontFault(
            f"找不到中文字体 {FONT_FILE};请运行 make env 重新安装依赖(字体在 mplfonts 包内) | "
            f"font file {FONT_FILE} not found; run `make env` (it is part of the package mplfonts)"
        )
    return path


@cache
def register_font() -> str:
    """Makes the font known to matplotlib and gives its family name; raises FontFault when it is absent.

    A machine may have fonts of that name of its own, in another version; every figure would then be other bytes there.
    """
    path, manager = font_path(), font_manager.fontManager
    manager.ttflist = [entry for entry in manager.ttflist if entry.name != FONT_FAMILY]
    manager.addfont(path)
    return FONT_FAMILY
