"""Office files with nothing in them about who made them and when: the same content gives the same bytes.

`sealed` takes what python-pptx or python-docx has written and writes it again: fixed dates in the archive, core properties
with title and language alone, no preview picture, no printer settings, and the fonts of the house in every theme.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml.xmlchemy import OxmlElement

from analysis.present.labels import Lang

FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can hold
DROPPED = re.compile(r"docProps/(thumbnail|app)\.|printerSettings|customXml/")
RELATION = re.compile(rb"<Relationship [^>]*/>")
OVERRIDE = re.compile(rb"<Override [^>]*/>")
THEME = re.compile(r"/theme/theme\d*\.xml$")
PLACES = ("majorFont", "minorFont")
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
# sans serif, simplified Chinese: what an office program without the font goes by when it takes another one
KIN = 'panose="020B0500000000000000" pitchFamily="34" charset="-122"'


def sealed(
    content: bytes, title: str, lang: Lang, face: str, fallback: str, parts: Mapping[str, bytes] | None = None
) -> bytes:
    """The package without maker, date and leftovers.

    `face` is the font of its themes, `fallback` the one for Chinese text where a program looks fonts up by script, `parts`
    are written instead of those of the same name.
    """
    own = parts or {}
    source = zipfile.ZipFile(io.BytesIO(content))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if not DROPPED.search(name):
                part = own.get(name) or _cleaned(name, source.read(name), title, lang, face, fallback)
                entry = zipfile.ZipInfo(name, FIXED_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # the same on every operating system
                target.writestr(entry, part)
    return sink.getvalue()


def _cleaned(name: str, part: bytes, title: str, lang: Lang, face: str, fallback: str) -> bytes:
    if name == "docProps/core.xml":
        return _core(title, lang)
    if name == "[Content_Types].xml":
        return _without(OVERRIDE, part)
    if name.endswith(".rels"):
        return _without(RELATION, part)
    return _with_fonts(part.decode("utf-8"), face, fallback).encode("utf-8") if THEME.search(name) else part


def _without(kind: re.Pattern[bytes], part: bytes) -> bytes:
    """The listing without the entries of what is dropped."""
    return kind.sub(lambda found: b"" if DROPPED.search(found.group().decode("utf-8")) else found.group(), part)


def _core(title: str, lang: Lang) -> bytes:
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{LANGUAGES[lang]}</dc:language></cp:coreProperties>"
    ).encode()


def _with_fonts(theme: str, face: str, fallback: str) -> str:
    """Both fonts of a theme: `face` for Latin and Chinese text, `fallback` where the program asks by script."""
    for place in PLACES:
        start, end = theme.find(f"<a:{place}>"), theme.find(f"</a:{place}>")
        block = theme[start:end]
        block = re.sub(r"<a:latin [^>]*/>", f'<a:latin typeface="{escape(face)}"/>', block)
        block = re.sub(r"<a:ea [^>]*/>", f'<a:ea typeface="{escape(face)}" {KIN}/>', block)
        block = re.sub(r'(<a:font script="Hans" typeface=")[^"]*', rf"\g<1>{escape(fallback)}", block)
        theme = theme[:start] + block + theme[end:]
    return theme


def added(parent: Any, tag: str, **attributes: str) -> Any:
    """A new last child of an element of a slide; `tag` with its prefix, as in `a:ea`."""
    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(name, value)
    parent.append(child)
    return child
