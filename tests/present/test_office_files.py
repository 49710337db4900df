"""Deck and paper opened by another program: LibreOffice reads them and prints as many pages as they have."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from pptx import Presentation
from pypdf import PdfReader

from analysis.present.office_files import sealed
from analysis.present.pack import save_pack
from tests.present.made_up import sample_reference
from tests.present.made_up_pack import pack_tables
from tests.present.packages import parts_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def fonts_of(page):
    """The fonts of a printed page."""
    return [font.get_object() for font in page["/Resources"].get_object().get("/Font", {}).get_object().values()]


def is_embedded(font):
    """Whether the shapes of the letters are in the file, so that no machine prints boxes."""
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    return any(name.startswith("/FontFile") for name in inner["/FontDescriptor"].get_object())


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice (Debian: libreoffice-impress, libreoffice-writer)")
def test_another_program_opens_and_prints_them_all(tmp_path):
    files = save_pack(pack_tables(8, assessed=True), sample_reference(8), tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = {path.name: PdfReader(path.with_suffix(".pdf")).pages for path in files}

    for path in files:
        if path.suffix == ".pptx":
            assert len(pages[path.name]) == len(Presentation(path).slides)
    assert "精神文明建设" in "".join(page.extract_text() for page in pages["circular.docx"])
    for found in pages.values():
        assert [font for page in found for font in fonts_of(page) if not is_embedded(font)] == []


def test_a_sealed_file_has_the_fonts_of_the_house_in_its_theme_and_fixed_dates():
    sink = io.BytesIO()
    Presentation().save(sink)
    content = sealed(sink.getvalue(), "标题", "zh", "Noto Sans CJK SC", "微软雅黑")
    theme = parts_of(content)["ppt/theme/theme1.xml"].decode()

    assert theme.count('<a:ea typeface="Noto Sans CJK SC"') == 2
    assert theme.count('script="Hans" typeface="微软雅黑"') == 2
    assert "标题" in parts_of(content)["docProps/core.xml"].decode()
    assert Presentation(io.BytesIO(content)).core_properties.author == ""
