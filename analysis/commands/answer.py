"""`answer`: a person's answer to one question, tried on the return itself and written as a line of `corrections.csv`."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.commands.answer_file import append_line, next_line
from analysis.commands.answer_trial import Trial, TrialResult, try_answer
from analysis.etl.answered import KEEP_ONLY
from analysis.etl.store import clean_years, read_table
from analysis.etl.text import normal_form
from analysis.intake.inventory import list_files
from analysis.intake.sandbox import run_limited
from analysis.reference import Correction, Reference, load_reference
from analysis.reference.corrections import line_faults
from analysis.reference.specs import ACTIONS

SECONDS = 60.0
MIB = 700
_WORDS = "answer_action"
_SEVERAL = "M22"  # several numbers in one line: taking one out leaves the line


class AnswerFault(Exception):
    """The answer was not written; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed. Without `action` a word such as 确认 or keep may stand for one, anything else is the value."""

    query_id: str
    value: str
    why: str
    by: str = ""
    told_on: dt.date | None = None
    action: str = ""


def answer_query(data_dir: Path, year: int | None, said: Answer) -> list[str]:
    """Writes one line of `corrections.csv` and gives the lines to show. Raises AnswerFault when it writes nothing."""
    chosen = year if year is not None else next(iter(reversed(clean_years(data_dir))), 0)
    query = _find(data_dir, chosen, said.query_id)
    reference = load_reference(data_dir, chosen)
    _refuse_closed(query)
    path = data_dir / "reference" / str(chosen) / "corrections.csv"
    entry = _correction(query, said, reference, next_line(path))
    for found, expected, remedy, english in line_faults(entry, chosen):
        raise AnswerFault(f"{found};应为:{expected};请{remedy} | {english}")
    _refuse_twice(entry, reference)
    if entry.cell:
        entry = _tried(entry, data_dir, reference)
    append_line(path, entry)
    return _told(entry, query, data_dir, path, chosen)


def _find(data_dir: Path, year: int, query_id: str) -> dict[str, Any]:
    """The question of the year; a refusal names what looks like it, or the year that has it."""
    wanted = query_id.strip().lower()
    table = read_table(data_dir, year, "queries")
    found = table[table["query_id"] == wanted]
    if len(found) == 1:
        (row,) = found.astype(object).where(found.notna(), None).to_dict("records")
        return {str(name): value for name, value in row.items()}
    for other in clean_years(data_dir):
        if other != year and (read_table(data_dir, other, "queries")["query_id"] == wanted).any():
            raise AnswerFault(f"{year} 年没有问题 {wanted},它在 {other} 年;请加 --year {other} | it is one of {other}")
    known = table["query_id"].tolist()
    near = [key for key in known if len(wanted) > 3 and key.startswith(wanted)] or difflib.get_close_matches(
        wanted, known
    )
    shown = "、".join(near[:3]) or "无"
    raise AnswerFault(
        f"{year} 年没有编号为 {query_id} 的问题;相近的有:{shown};请从 clean/{year}/queries.csv 复制 query_id | "
        f"no question {query_id} in {year}"
    )


def _refuse_closed(query: dict[str, Any]) -> None:
    if query["treatment"] in ("FIX", "NOTE"):
        raise AnswerFault(
            f"该条是告知({query['treatment']} {query['rule']}),不需要答复;如读法不对,请在 corrections.csv 写一行 set | "
            "this is a note, not a question; where it was read wrongly write a line with action set"
        )
    if query["treatment"] == "BACK":
        raise AnswerFault(
            f"该问题要求退回重报({query['rule']}):{query['message_zh']} 请单位重报,不能用答复代替 | "
            "the return has to be sent again"
        )
    if query["state"] != "open":
        raise AnswerFault(f"该问题已是 {query['state']},不需再答 | the question is {query['state']} already")


def _correction(query: dict[str, Any], said: Answer, reference: Reference, line: int) -> Correction:
    action, value = _action(query, said, reference)
    about_line = query["treatment"] == "DROP" or (action == "reject" and query["rule"] != _SEVERAL)
    return Correction(
        line=line,
        file=query["file"],
        sheet=(query["sheet"] or "").strip(),
        cell=query["cell"] or "",
        expected="",
        action=action,
        new_value=value,
        field="" if about_line or not query["cell"] else query["field"] or "",
        query_id=query["query_id"],
        reason=_text(said.why, "--why"),
        told_on=said.told_on or dt.date.today(),
        by_whom=_text(said.by or _sender(query, reference), "--by"),
    )


def _text(text: str, option: str) -> str:
    if not text.strip():
        raise AnswerFault(f"请用 {option} 写明(不能为空) | {option} must not be empty")
    return " ".join(text.split())


def _sender(query: dict[str, Any], reference: Reference) -> str:
    """Whose return it is: who told us, unless somebody else is named."""
    names = {unit.code: unit.short_name for unit in reference.units}
    return names.get(query["unit_code"] or "", "")


def _action(query: dict[str, Any], said: Answer, reference: Reference) -> tuple[str, str]:
    """Action and value of the line; refuses what is no answer to such a question."""
    words = {normal_form(word): code for word, code in reference.words.get(_WORDS, {}).items()}
    spoken = words.get(normal_form(said.value), "") or (said.value.strip() if said.value.strip() in ACTIONS else "")
    action = said.action or spoken or "set"
    value = "" if spoken == action or action in ("not_applicable", "keep", "reject") else said.value.strip()
    allowed = _allowed(query)
    if action not in allowed:
        raise AnswerFault(
            f"对该问题({query['treatment']} {query['rule']})不能用 {action};可用:{'、'.join(allowed)}。"
            f"问题是:{query['message_zh']} | {action} is no answer to it; use one of: {', '.join(allowed)}"
        )
    if action == "set" and not value:
        raise AnswerFault("请给出单位所报的值 | give the value that the unit told")
    return action, value


def _allowed(query: dict[str, Any]) -> tuple[str, ...]:
    if not query["cell"]:
        return ("keep",) if query["rule"] in KEEP_ONLY else ("confirm",)
    if query["treatment"] == "DROP":
        return ("keep", "confirm")
    return ("set", "confirm", "not_applicable", "reject")


def _refuse_twice(entry: Correction, reference: Reference) -> None:
    for other in reference.corrections.get(entry.file, ()):
        same_place = (other.sheet, other.cell) == (entry.sheet, entry.cell)
        same_field = not other.field or not entry.field or other.field == entry.field
        if same_place and same_field and (entry.cell or other.query_id == entry.query_id):
            raise AnswerFault(
                f"corrections.csv 第{other.line}行已有对此处的答复({other.action} {other.new_value});"
                f"请先运行 civility clean {reference.year},或改那一行 | line {other.line} answers it already"
            )


def _tried(entry: Correction, data_dir: Path, reference: Reference) -> Correction:
    """The line with the text that stands in its cell, once the return was read with it and nothing was wrong."""
    root = data_dir / "raw" / str(reference.year)
    outer = entry.file.partition("!")[0]
    found = next((one for one in list_files(root) if one.path in (entry.file, outer)), None) if root.is_dir() else None
    if found is None:
        raise AnswerFault(f"raw/{reference.year} 中没有 {entry.file} | the file is not there")
    (outcome,) = run_limited(try_answer, [Trial(found, reference, entry)], jobs=1, seconds=SECONDS, mib=MIB)
    result: TrialResult | None = outcome.result
    if result is None:
        raise AnswerFault(f"{entry.file}:{outcome.problem} {outcome.detail} | the file cannot be read")
    if result.faults:
        raise AnswerFault("没有写入 | not written\n" + "\n".join(result.faults))
    return replace(entry, expected=result.expected)


def _told(entry: Correction, query: dict[str, Any], data_dir: Path, path: Path, year: int) -> list[str]:
    place = " ".join(part for part in (entry.file, entry.sheet, entry.cell) if part)
    said = f"{entry.action} {entry.new_value}".strip()
    return [
        f"已写入 {path.relative_to(data_dir).as_posix()} | written",
        f"  问题 {entry.query_id}({query['rule']}):{query['message_zh']}",
        f"  {place} 原文“{entry.expected}” → {said}",
        f"  依据:{entry.reason};{entry.told_on} {entry.by_whom} 答复",
        f"下一步:civility clean {year}(再看 civility trace {year} {query['unit_code'] or ''}) | next: clean",
    ]
