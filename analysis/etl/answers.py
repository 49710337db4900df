"""Yes or no, however it is written: √, 有, 已建立, 尚未制定, 正在建立, ☑是□否, 1."""

from __future__ import annotations

import re

from analysis.etl.blanks import MISSING, NOT_APPLICABLE, ask, cell_text, empty_meaning, read_ditto, read_error
from analysis.etl.lexicon import Lexicon
from analysis.etl.tidy import tidy
from analysis.records import Cell, Reading

_BOXES = re.compile(r"([☑✓✔√■□☐])")
_DRAWN = (("(√)", "☑"), ("(✓)", "☑"), ("(✔)", "☑"), ("()", "□"))
_DOCUMENT = re.compile(r"[\u3400-\u9fff]{1,12}\(?[12][0-9]{3}\)?第?[0-9]{1,4}号")
_APART = re.compile(r"(.+?)(?:[,;](.+)|\((.+)\))")
_TICKED = frozenset("☑✓✔√■")


def read_yes_no(cell: Cell, lexicon: Lexicon) -> Reading:
    """`yes` or `no` (M60); what is only being done or planned is `no`, with a note; anything else is asked about."""
    reading = read_error(cell) or _read(cell, lexicon)
    if cell.struck and reading.status not in ("missing", "not_applicable"):
        return ask("M31", "struck")
    return reading


def _read(cell: Cell, lexicon: Lexicon) -> Reading:
    if isinstance(cell.value, bool):
        return _repaired("yes" if cell.value else "no")
    is_whole = isinstance(cell.value, int | float) and cell.value in (0, 1)
    text = str(int(cell.value == 1)) if is_whole else tidy(cell_text(cell))
    if not text:
        return MISSING
    plain = lexicon.meaning("yes_no_plain", text)
    if plain:
        return Reading(text=plain)
    text = text.removesuffix("。")
    answer = _answer(text, lexicon) or _boxes(_drawn(text), lexicon) or _noted(text, lexicon)
    if answer:
        return _repaired(answer)
    doing = _said_of_doing(text, lexicon)
    if doing == "doing":
        return Reading(text="no", status="repaired", rule="M60", case="doing", treatment="NOTE", read_as="no")
    if doing:
        return _repaired(doing)
    empty = empty_meaning(text, lexicon)
    if empty == "not_applicable":
        return NOT_APPLICABLE
    return read_ditto(text, lexicon) or (ask("M52", "ask") if empty == "ask" else ask("M60", "unreadable"))


def _repaired(answer: str) -> Reading:
    return Reading(text=answer, status="repaired", rule="M60", treatment="FIX", read_as=answer)


def _answer(text: str, lexicon: Lexicon) -> str:
    return lexicon.meaning("yes_no_plain", text) or lexicon.meaning("yes_no", text) or ""


def _said_of_doing(text: str, lexicon: Lexicon) -> str:
    """`yes` for 已建立, `no` for 尚未建立, `doing` for 正在建立 and 建立中; empty for anything else.

    已完善 is `yes`, but 未完善 may well exist and is nothing.
    """
    end = lexicon.end("yes_no_doing_end", text)
    body = text[: len(text) - len(end)]
    start = lexicon.start("yes_no_start", body)
    verb = body[len(start) :]
    meaning = (lexicon.meaning("yes_no_start", start) or "") if start else "doing" if end else ""
    if meaning == "doing":
        return "doing" if lexicon.has("yes_no_begun", verb) else ""
    said = lexicon.meaning("yes_no_verb", verb)
    known = said is not None or lexicon.has("yes_no_begun", verb)
    return meaning if known and not end and not (said == "yes_only" and meaning == "no") else ""


def _drawn(text: str) -> str:
    """The text with boxes made of brackets as boxes: 是(√)否() -> 是☑否□."""
    for brackets, box in _DRAWN:
        text = text.replace(brackets, box)
    return text


def _noted(text: str, lexicon: Lexicon) -> str:
    """`yes` for 有(附件1), 已建立(澜科〔2025〕3号) and √(已建立): nothing else is said; empty for anything else."""
    match = _APART.fullmatch(text)
    if not match:
        return ""
    said = match[1]
    note = (match[2] or match[3]).rstrip("0123456789")
    is_place = lexicon.has("yes_no_note", note) or _DOCUMENT.fullmatch(match[2] or match[3])
    is_same = "yes" in (_answer(note, lexicon), _said_of_doing(note, lexicon))
    is_yes = "yes" in (_answer(said, lexicon), _said_of_doing(said, lexicon))
    return "yes" if is_yes and (is_place or is_same) else ""


def _boxes(text: str, lexicon: Lexicon) -> str:
    """The one answer that is ticked among several: ☑是□否, 是√否□; empty when that is not sure."""
    pieces = [piece for piece in _BOXES.split(text) if piece]
    if pieces == ["☑"]:
        return "yes"
    if len(pieces) not in (2, 4):
        return ""
    pairs = [(pieces[place], pieces[place + 1]) for place in range(0, len(pieces), 2)]
    if all(_BOXES.fullmatch(second) for _, second in pairs):
        pairs = [(box, word) for word, box in pairs]
    answers = {
        (box in _TICKED, _answer(word, lexicon)) for box, word in pairs if _BOXES.fullmatch(box) and word.isalpha()
    }
    ticked = [answer for is_ticked, answer in answers if is_ticked and answer]
    empty = [answer for is_ticked, answer in answers if not is_ticked and answer]
    sure = len(ticked) == 1 and len(ticked) + len(empty) == len(pairs) and ticked[0] not in empty
    return ticked[0] if sure else ""
