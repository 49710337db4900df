"""Grids (F4, F7 first block) made in a test: the printed rows and columns with values by item and measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.etl.templates import Template, build_templates
from analysis.records import Sheet
from tests.returns import head, reference, sheet


def grid_sheet(form: str, values: Mapping[str, Any], header_row: int, **more: Any) -> Sheet:
    """The grid of a form; `values` by `item.measure`, a required number that is not named is 1."""
    template: Template = next(
        one for one in build_templates(reference().fields) if one.form == form and one.shape == "grid"
    )
    cells: dict[str, Any] = head(form_no=int(form[1]))
    cells[f"A{header_row}"], cells[f"B{header_row}"] = "序号", "学习专题" if form == "F4" else "项目"
    for letters, (_, header) in template.columns.items():
        cells[f"{letters}{header_row}"] = header
    for number, row in enumerate(sorted(set(template.rows.values())), start=1):
        cells[f"A{row}"] = number
    for entry in template.fields:
        letters = entry.address.rstrip("0123456789")
        row = int(entry.address.removeprefix(letters))
        cells[f"B{row}"] = entry.header_group_zh or entry.header_zh
        if cells[f"B{row}"] == "合计":
            cells.pop(f"A{row}", None)
        default = (
            {"yes_no": "是", "text": "已发文", "date": "2025-03-01"}.get(entry.type, 1) if entry.required else None
        )
        default = "王芳" if entry.required and entry.measure.endswith("_named") else default
        name = f"{entry.item}.{entry.measure}"
        cells[entry.address] = values.get(name, default)
    cells.update(more)
    return sheet(f"表{form[1]}", cells)
