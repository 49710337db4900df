"""The last look before a result leaves: texts that stand in no field (stray cells, signatures, details of faults).

What a field gives was masked with its cell. This is for the rest, where a message quotes what it found.
"""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.etl.layout_words import Matcher
from analysis.etl.text import normal_form
from analysis.intake.privacy import MASK, mask_name, mask_numbers
from analysis.intake.privacy_numbers import number_kinds
from analysis.intake.privacy_words import PersonalWords
from analysis.records import Fact, FileResult, Query, Submission

_QUOTED = re.compile(r"'[^']*[^\x00-\x7f][^']*'|\"[^\"]*[^\x00-\x7f][^\"]*\"")

_BEFORE_A_NAME = (":", "_", "—")


def guard_result(result: FileResult, words: PersonalWords) -> FileResult:
    """The same result without names of those who signed, and without personal data that a message quotes."""
    signature = Matcher.of(words.lists, "layout_footer")

    def is_personal(text: str) -> bool:
        if text == MASK or len(text) < 2:
            return False
        form = normal_form(text)
        named = not form.isascii() and (signature(form) or words.names.likely(form) or words.names.alone(form))
        return named or bool(number_kinds(text)) or bool(words.kinds(text))

    def guarded(query: Query) -> Query:
        told = _detail(query)
        return _query(told, told.raw) if told.field is None and is_personal(told.raw) else told

    return replace(
        result,
        submission=_submission(result.submission, words),
        facts=tuple(_fact(fact, signature) for fact in result.facts),
        queries=tuple(guarded(query) for query in result.queries),
    )


def mask_detail(detail: str, words: PersonalWords) -> str:
    """A technical detail without what it may quote from the file."""
    return mask_name(mask_numbers(_QUOTED.sub(f"'{MASK}'", detail)), words) if detail else detail


def _submission(submission: Submission, words: PersonalWords) -> Submission:
    return replace(submission, detail=mask_detail(submission.detail, words))


def _fact(fact: Fact, signature: Matcher) -> Fact:
    """A signature line that was taken for a line of the table names its writer."""
    form = normal_form(fact.raw)
    signed = any(mark in form for mark in _BEFORE_A_NAME) and signature(form)  # a date alone is no signature
    if fact.raw == MASK or fact.raw.isascii() or not signed:
        return fact
    return replace(fact, raw=MASK, text=MASK if fact.text and normal_form(fact.text) == form else fact.text)


def _query(query: Query, said: str) -> Query:
    return replace(
        query,
        raw=MASK,
        message_zh=query.message_zh.replace(said, MASK),
        message_en=query.message_en.replace(said, MASK),
    )


def _detail(query: Query) -> Query:
    """A message that quotes a number of a person in its other parts."""
    return replace(query, message_zh=mask_numbers(query.message_zh), message_en=mask_numbers(query.message_en))
