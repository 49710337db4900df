"""Personal data in the names of files: masked where they are shown, never two shown alike, the file itself as it was."""

import datetime as dt

import pytest

from analysis.etl.personal import personal_words
from analysis.intake.privacy_paths import mask_keys, mask_path, mask_paths, path_kinds
from tests.returns import reference

WORDS = personal_words(reference())


@pytest.mark.parametrize(
    "path, shown",
    [
        ("市科技局_13812345678_2025.xlsx", "市科技局_■_2025.xlsx"),
        ("帮扶户11010519491231002X.xls", "帮扶户■.xls"),
        ("市财政局_王秀英_2025.xlsx", "市财政局_■_2025.xlsx"),
        ("填表人张伟/附件2(1).xlsx", "填表人■/附件2(1).xlsx"),
        ("包.zip!李建国/报表.xlsx", "包.zip!■/报表.xlsx"),
        ("困难职工李娜、王芳.xlsx", "■.xlsx"),
    ],
)
def test_what_is_personal_in_a_path_is_masked_and_the_rest_stays(path, shown):
    assert mask_path(path, WORDS) == shown
    assert mask_path(shown, WORDS) == shown
    assert path_kinds(path, WORDS)


@pytest.mark.parametrize(
    "path",
    ["LJ-G04_市科技局_2025.xlsx", "市财政局精神文明报表(最终版).xls", "附件2(1).xlsx", "2025年报表-改.et", "新建 Microsoft Excel 工作表.xlsx",
     "市委文明办.xlsx", "方志办报表.xls", "党建办_文明科.xlsx", "20250305101530.xlsx", "XLSX2CSVFuzzer-5025401116950528.xlsx", "mmexport1736912345678.jpg", "市信访局/表1基本情况.csv",
     "联系人表.xlsx", "电话88126790.xlsx", "~$报表.xlsx"],
)  # fmt: skip
def test_an_ordinary_path_stays_as_it_is(path):
    assert mask_path(path, WORDS) == path
    assert path_kinds(path, WORDS) == ()


def test_two_files_are_never_shown_alike():
    shown = mask_paths(["李建国.xlsx", "王秀英.xlsx", "■.xlsx"], WORDS)

    assert shown == {"■.xlsx": "■.xlsx", "李建国.xlsx": "■(2).xlsx", "王秀英.xlsx": "■(3).xlsx"}


def test_the_register_of_receipts_finds_a_file_by_its_true_name_and_by_the_shown_one():
    shown = mask_paths(["李建国.xlsx", "王秀英.xlsx", "a.xlsx"], WORDS)
    first, second = dt.datetime(2026, 1, 5), dt.datetime(2026, 1, 6)

    assert mask_keys({"王秀英.xlsx": first, "a.xlsx": second}, shown, WORDS) == {"■(2).xlsx": first, "a.xlsx": second}
    assert mask_keys({"■.xlsx": first}, shown, WORDS) == {"■.xlsx": first}
