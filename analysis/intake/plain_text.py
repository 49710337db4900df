"""Bytes of a plain text file -> text, in the encodings that arrive: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re

# the space at the end and form feeds occur in exports of old programs; other control characters mean binary data
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode_bytes(data: bytes) -> str | None:
    """The text, or None when the bytes are no text in one of the encodings.

    GB18030 stands for GBK and GB2312 too, which lack characters that occur in names.
    """
    marked = next((codec for mark, codec in _BOMS.items() if data.startswith(mark)), None)
    for codec in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text.rstrip("\x1a")
    return None
