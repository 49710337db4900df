"""G24: `run --verify` computes a year again and says which tables are not what the returns give."""

import hashlib

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from tests.example_year import example_data


def verify(data, status=0):
    """Output of `run 2025 --verify`, which must end with this status and change no file."""
    before = hashes(data)
    result = CliRunner().invoke(app, ["run", "2025", "--verify", "--data", str(data)])
    assert result.exit_code == status, result.output
    assert hashes(data) == before
    assert "Traceback" not in result.output
    return result.output


def hashes(data):
    return {
        path.relative_to(data): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*")) if path.is_file()
    }  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Three returns, cleaned."""
    data = example_data(tmp_path_factory.mktemp("verify") / "data")
    result = CliRunner().invoke(app, ["clean", "2025", "--data", str(data), "--quiet"])
    assert result.exit_code == 0, result.output
    return data


def test_g24_a_year_computed_again_gives_the_same_bytes(year):
    assert "逐字节一致" in verify(year)


def test_g24_a_table_that_was_edited_afterwards_is_named_with_its_line_and_left_as_it_is(year):
    path = year / "clean" / "2025" / "rates.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"LJ-T08,I06,,9.0,14.0", b"LJ-T08,I06,,14.0,14.0"))
    assert path.read_bytes() != good
    try:
        output = verify(year, status=1)
    finally:
        path.write_bytes(good)

    line = 1 + good[: good.index(b"LJ-T08,I06,,9.0,14.0")].count(b"\n")
    assert f"clean/2025/rates.csv: 内容不同(自第{line}行)" in output
    assert "facts.csv" not in output
    assert "暂停发布" in output


def test_g24_a_file_of_the_folder_that_is_lost_or_foreign_is_named(year):
    folder = year / "clean" / "2025"
    lost, foreign = folder / "units.parquet", folder / "草稿.csv"
    content = lost.read_bytes()
    lost.unlink()
    foreign.write_bytes(b"x")
    try:
        output = verify(year, status=1)
    finally:
        lost.write_bytes(content)
        foreign.unlink()

    assert "clean/2025/units.parquet: 缺少该文件" in output
    assert "clean/2025/草稿.csv: 多余的文件" in output


def test_g24_an_input_that_has_changed_since_is_named_as_the_cause(year):
    path = year / "reference" / "2025" / "thresholds.csv"
    good = path.read_bytes()
    path.write_bytes(good.replace(b"money_per_donor_high,5000", b"money_per_donor_high,5001"))
    try:
        output = verify(year, status=1)
    finally:
        path.write_bytes(good)

    assert "reference/2025/thresholds.csv: 输入文件在上次运行后有变化" in output


def test_g24_a_year_without_tables_is_said_to_have_none(tmp_path):
    data = example_data(tmp_path / "data")

    assert "make report" in verify(data, status=1)
