"""Is the reference data sound, and is everything installed that the work needs?"""

from __future__ import annotations

import sys
from importlib import metadata, util
from pathlib import Path

from analysis.reference import check_reference, load_reference, years_with_reference
from analysis.reference.check_assessment import check_assessment

_NEEDED = ("openpyxl", "python-calamine", "xlrd", "pandas", "pyarrow", "matplotlib", "jupyterlab", "nbval")


def examine(data_dir: Path) -> tuple[list[str], bool]:
    """Lines for people, and whether all is well; one line per fault with file, line and remedy."""
    lines = [f"Python {sys.version.split()[0]}"]
    lines += [f"{name} {metadata.version(name)}" for name in _NEEDED]
    faults = check_reference(data_dir)
    lines += [str(fault) for fault in faults]
    healthy = not faults
    if util.find_spec("mplfonts") is None:
        healthy = False
        lines.append("缺少中文字体包 mplfonts | the font package is missing: run `make env`")
    if not faults:
        for year in years_with_reference(data_dir):
            reference = load_reference(data_dir, year)
            found = check_assessment(data_dir, reference) if year == years_with_reference(data_dir)[-1] else []
            healthy = healthy and not found
            lines += [str(fault) for fault in found]
            lines.append(
                f"{year}: 单位 {len(reference.units)}, 字段 {len(reference.fields)}, 规则 {len(reference.rules)}"
            )
    lines.append("参考数据和安装正常 | all is well" if healthy else "请按上面各行处理 | mend the lines above")
    return lines, healthy
