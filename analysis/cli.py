"""The commands of `civility`: what a person types, and what is said back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from analysis.folders import Folders, find_folders
from analysis.reference import ReferenceFault

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="精神文明建设统计:清洗、比率、比较 | returns -> rates",
)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="数据文件夹 | data folder (default $CIVILITY_DATA, else data/ of the checkout)"),
]
Reports = Annotated[Path | None, typer.Option("--reports", help="报告文件夹 | folder of the reports")]
Language = Literal["zh", "en"]
Action = Literal["set", "confirm", "not_applicable", "keep", "reject"]
Lang = Annotated[Language, typer.Option("--lang", help="显示的语言 | language of labels and messages")]
Quiet = Annotated[bool, typer.Option("--quiet", help="不显示进度和汇总 | no progress, no summary")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="同时读取的进程数 | processes")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="重新读取全部文件 | read every file again")]
Verify = Annotated[
    bool,
    typer.Option(
        "--verify", help="重新计算并与已有各表逐字节比较,不写文件 | recompute and compare bytes, write nothing"
    ),
]
Years = Annotated[
    list[int] | None, typer.Argument(help="年度,缺省为 data/raw 下全部年度 | years, default all in data/raw")
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON | print JSON")]
Year = Annotated[int | None, typer.Option("--year", help="年度,缺省取报表所写年度 | report year")]
Files = Annotated[list[Path], typer.Argument(help="报表文件 | files")]


@app.command()
def run(
    years: Years = None, data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
    jobs: Jobs = 1, no_cache: NoCache = False, verify: Verify = False,
) -> None:  # fmt: skip
    """全部步骤:清洗、比较、笔记本、图表 | everything: clean, comparison, notebooks, charts."""
    if verify:
        from analysis.commands.verify import verify_year

        _each_year(years, data, reports, lang, quiet, lambda folders, year, say: verify_year(folders, year, jobs, say))
        return
    from analysis.commands.years import run_year

    _each_year(years, data, reports, lang, quiet, lambda folders, year, say: run_year(folders, year, jobs, lang, say))


@app.command()
def clean(
    years: Years = None, data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
    jobs: Jobs = 1, no_cache: NoCache = False,
) -> None:  # fmt: skip
    """清洗:从报表到各表和比率 | the tables that need the returns only."""
    from analysis.commands.years import clean_year

    _each_year(years, data, reports, lang, quiet, lambda folders, year, say: clean_year(folders, year, jobs, say))


@app.command()
def check(
    files: Files, year: Year = None, as_json: Json = False, data: Data = None, reports: Reports = None,
    lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """检查报表会被问到什么,不写任何文件 | what we would ask of this return; writes nothing."""
    from analysis.commands.check import check_files
    from analysis.commands.check_words import check_words, clerk_words

    folders = find_folders(data, reports)
    with _our_faults():
        answers = check_files([_existing(file) for file in files], folders.data, year)
        words = clerk_words(folders.data, lang)
    if as_json:
        _print_json(answers)
    else:
        typer.echo("\n\n".join("\n".join(check_words(answer, words)) for answer in answers))
    if any(answer["state"] == "returned" for answer in answers):
        raise typer.Exit(3)


@app.command()
def inspect(
    files: Files, as_json: Json = False, year: Year = None, data: Data = None, reports: Reports = None,
    lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """任何工作簿的表格结构:表头、记录、合计、注 | how we see the sheets of any workbook."""
    from analysis.commands.check import inspect_files, inspect_words

    folders = find_folders(data, reports)
    with _our_faults():
        answers = inspect_files([_existing(file) for file in files], folders.data, year)
    if as_json:
        _print_json(answers)
    else:
        for answer in answers:
            typer.echo("\n".join(inspect_words(answer, lang)))


@app.command()
def trace(
    year: Annotated[int, typer.Argument(help="年度 | year")],
    unit: Annotated[str | None, typer.Argument(help="单位代码或名称 | unit code or name")] = None,
    category: Annotated[str | None, typer.Argument(help="类别代码或名称 | category")] = None,
    measure: Annotated[str | None, typer.Argument(help="指标字段 | measure")] = None,
    cell: Annotated[tuple[str, str, str] | None, typer.Option("--cell", help="文件 工作表 单元格 | FILE SHEET CELL")] = None,
    data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """从数字追溯到单元格,或从单元格到数字 | from a figure to its cells, or from a cell to its figures."""
    from analysis.commands.trace_lines import trace_lines

    folders = find_folders(data, reports)
    if (unit is None) == (cell is None):
        raise typer.BadParameter(
            "请给出单位,或用 --cell 给出文件、工作表、单元格 | give a unit, or --cell FILE SHEET CELL"
        )
    with _our_faults():
        lines = trace_lines(folders.data, year, unit, category, measure, cell, lang)
    typer.echo("\n".join(lines))


@app.command()
def answer(
    query_id: Annotated[str, typer.Argument(help="问题编号,见 queries 表 | query_id of the table `queries`")],
    value: Annotated[str, typer.Argument(help="单位所报的值,或 确认 不适用 保留 剔除 | the value, or confirm ...")] = "",
    why: Annotated[str, typer.Option("--why", help="依据,如“1月20日电话核实” | how it is known")] = "",
    by: Annotated[str, typer.Option("--by", help="答复人,缺省为填报单位 | who told us (default: the unit)")] = "",
    told_on: Annotated[datetime | None, typer.Option(
        "--told-on", formats=["%Y-%m-%d"], help="答复日期,缺省为今天 | when (default: today)")] = None,
    action: Annotated[Action | None, typer.Option("--action", help="动作,缺省按答复判断 | what the answer does")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度,缺省取最近一年 | year (default: the newest)")] = None,
    data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """把单位的答复写入 corrections.csv | a unit's answer to one question as a line of corrections.csv."""
    from analysis.commands.answer import Answer, answer_query

    if not why.strip():
        raise typer.BadParameter("请用 --why 写明依据 | say with --why how it is known")
    said = Answer(query_id, value, why, by, told_on.date() if told_on else None, action or "")
    with _our_faults():
        lines = answer_query(find_folders(data, reports).data, year, said)
    if not quiet:
        typer.echo("\n".join(lines))


@app.command()
def score(
    year: Annotated[int, typer.Argument(help="年度 | year")],
    templates: Annotated[Path | None, typer.Option("--templates", help="把待填的评议、测评、部门意见和否决表写入此文件夹 | write the tables to fill in")] = None,
    take: Annotated[Path | None, typer.Option("--take", help="转入一份填好的表 | take in one filled table")] = None,
    fewer: Annotated[bool, typer.Option("--fewer", help="转入的表确应少于现有行数 | the table taken is meant to have fewer lines")] = False,
    data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """只做考评:用已有各表和现行方案 | the assessment alone, on the tables that are there."""
    if fewer and take is None:
        raise typer.BadParameter("--fewer 只与 --take 同用 | --fewer goes with --take FILE")
    if templates is not None or take is not None:
        from analysis.commands.take import make_templates, take_table

        folders = find_folders(data, reports)
        with _our_faults():
            lines = make_templates(folders, year, templates) if templates is not None else []
            lines += take_table(folders, year, _existing(take), fewer=fewer) if take is not None else []
        if not quiet:
            typer.echo("\n".join(lines))
        return
    from analysis.commands.score import score_year

    _each_year([year], data, reports, lang, quiet, lambda folders, one, say: score_year(folders, one, lang, say))


@app.command()
def diff(
    year: Annotated[int, typer.Argument(help="年度 | year")],
    data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False,
) -> None:  # fmt: skip
    """与上一次运行相比变了什么:文件、数据、比率、建议 | what changed since the run before."""
    from analysis.commands.diff import diff_lines

    with _our_faults():
        lines = diff_lines(find_folders(data, reports).data, year)
    typer.echo("\n".join(lines))


@app.command()
def doctor(data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False) -> None:
    """检查参考数据和安装 | checks the reference data and the installation alone."""
    from analysis.commands.doctor import examine

    folders = find_folders(data, reports)
    with _our_faults():
        lines, healthy = examine(folders.data)
    if not (quiet and healthy):
        typer.echo("\n".join(lines))
    if not healthy:
        raise typer.Exit(1)


@app.command()
def lab(data: Data = None, reports: Reports = None, lang: Lang = "zh", quiet: Quiet = False) -> None:
    """在 notebooks/00_start.ipynb 打开 JupyterLab | JupyterLab on notebooks/00_start.ipynb."""
    import subprocess

    from analysis.commands.lab import lab_command, lab_environment

    folders = find_folders(data, reports)
    raise typer.Exit(subprocess.call(lab_command(folders.notebooks), env=lab_environment(folders.data)))


def main() -> None:
    """Entry point of the command `civility`."""
    app()


def _each_year(
    years: list[int] | None, data: Path | None, reports: Path | None, lang: Language, quiet: bool,
    step: Callable[[Folders, int, Any], list[str]],
) -> None:  # fmt: skip
    from analysis.commands.progress import reporter

    folders = find_folders(data, reports)
    chosen = sorted(set(years)) if years else folders.years()
    if not chosen:
        typer.echo(f"没有年度文件夹:{folders.data / 'raw'} | no year to run", err=True)
        raise typer.Exit(1)
    summaries: list[str] = []
    for year in chosen:
        with _our_faults(), reporter(year, quiet) as say:
            summaries += step(folders, year, say)
    if not quiet:
        typer.echo("\n".join(summaries))


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise typer.BadParameter(f"找不到文件 {file} | no such file")
    return file


def _print_json(answers: list[dict[str, Any]]) -> None:
    shown = answers[0] if len(answers) == 1 else answers
    sys.stdout.buffer.write(json.dumps(shown, ensure_ascii=False, allow_nan=False).encode() + b"\n")
    sys.stdout.flush()


@contextmanager
def _our_faults() -> Iterator[None]:
    """A fault in our own files ends the command with one line each and status 1, never with a traceback."""
    from analysis.commands.faults import our_faults

    try:
        yield
    except ReferenceFault as fault:
        typer.echo("\n".join(str(entry) for entry in fault.faults), err=True)
        raise typer.Exit(1) from None
    except our_faults() as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from None
