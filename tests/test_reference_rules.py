"""Every rule and case that the code names has its own words in rules.csv."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise

from analysis.reference import load_reference
from tests.reference_folder import DATA

CODE = DATA.parent / "analysis"
CASE = re.compile(r"[a-z]+(_[a-z]+)*")
RULE = re.compile(r"M\d\da?|G\d\d")


def named_cases() -> Iterator[tuple[str, str, str]]:
    """Place, rule and case of each pair that stands in the code, positional or by keyword."""
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            values: list[ast.expr] = []
            if isinstance(node, ast.Call):
                keywords = {keyword.arg: keyword.value for keyword in node.keywords}
                values = [*node.args, *(keywords[name] for name in ("rule", "case") if name in keywords)]
            elif isinstance(node, ast.Tuple):
                values = node.elts
            texts = [value.value if isinstance(value, ast.Constant) else None for value in values]
            for rule, case in pairwise(texts):
                if isinstance(rule, str) and isinstance(case, str) and RULE.fullmatch(rule) and CASE.fullmatch(case):
                    yield f"{path.name}:{node.lineno}", rule, case


def test_every_case_that_the_code_names_has_its_words() -> None:
    rules = load_reference(DATA, 2025).rules
    cases = list(named_cases())

    assert len(cases) > 10
    assert [place for place, rule, case in cases if (rule, case) not in rules] == []


def test_every_rule_that_the_code_names_is_explained() -> None:
    rules = {rule for rule, _ in load_reference(DATA, 2025).rules}
    texts = {
        node.value
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert {text for text in texts if RULE.fullmatch(text)} <= rules
