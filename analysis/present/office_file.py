"""A file of an office program (a zip of XML) without a trace of who made it and when: same content, same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip knows
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "docProps/core.xml": (
            f"{HEAD}<cp:coreProperties "
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
        ),
        "docProps/app.xml": (
            f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
        ),
    }
)


def nameless(content: bytes) -> bytes:
    """The same package with empty properties (no author, no program, no times) and one date for all of its parts.

    Raises zipfile.BadZipFile when the content is no package.
    """
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # else the system that wrote it stands in the file
            empty = NO_PROPERTIES.get(name)
            target.writestr(part, source.read(name) if empty is None else empty.encode("utf-8"))
    return sink.getvalue()
