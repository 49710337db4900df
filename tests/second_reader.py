"""A second, small reader of numbers and dates for the tests: written on its own, from patterns that are sure.

It knows nothing of our grammar or our word lists. `values_of` and `dates_of` give every reading that a careful person
would allow; whatever our reader says must be among them.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from fractions import Fraction

import cn2an

SIMPLE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇两弍弎", "一二三四五六七八九十百千零二二三")
SIGNS = "一二三四五六七八九十百千万亿零〇两廿卅壹贰叁肆伍陆柒捌玖拾佰仟点"
BIG = {"百": 100, "千": 1000, "万": 10_000, "亿": 10**8, "佰": 100, "仟": 1000}
UNITS = {
    "person": {"": 1, "人": 1, "名": 1, "位": 1, "个": 1, "个人": 1, "名人": 1, "(人)": 1, "口": 1, "人数": 1, "人员": 1},
    "yuan": {"": 1, "元": 1, "块": 1, "圆": 1, "元整": 1, "万元": 10_000, "万": 10_000, "千元": 1000, "百元": 100, "亿元": 10**8, "(元)": 1, "角": Fraction(1, 10), "分": Fraction(1, 100),
             "万元整": 10_000, "元人民币": 1, "人民币": 1},
    "hour": {"": 1, "小时": 1, "h": 1, "个小时": 1, "时": 1, "天": 8, "分钟": Fraction(1, 60), "min": Fraction(1, 60), "分": Fraction(1, 60), "(小时)": 1, "(h)": 1},
    "ml": {"": 1, "ml": 1, "毫升": 1, "cc": 1, "升": 1000, "l": 1000, "u": 200, "单位": 200, "个单位": 200, "(ml)": 1, "(毫升)": 1},
}  # fmt: skip
LEADS = r"(?:共|共计|合计|总计|计|累计|达|达到|有|为|总共|一共|小计|总数|实有|现有|实际|[¥￥]|人民币|rmb|:)*"
NUMBER = rf"[{SIGNS}0-9.,]+"


def plain(text: str) -> str:
    """Half-width, small letters, no invisible signs, no blanks unless between two digits."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)
    seen = "".join(c for c in half if unicodedata.category(c) != "Cf")
    seen = re.sub(r"(?<![0-9.,一-鿿])\s+|\s+(?![0-9.,一-鿿])", "", seen).strip().lower()
    seen = (
        re.sub(r"\s+(?=[^0-9.,])|(?<=[^0-9.,])\s+", "", seen)
        if not re.search(rf"[{SIGNS}0-9.,]\s+[{SIGNS}0-9.,]", seen)
        else seen
    )
    seen = re.sub(r"^[\"'‘’“”`]|[\"'‘’“”]$", "", seen)
    return re.sub(r"[。;!]$", "", seen)


def numeral(text: str) -> Fraction | None:
    """An Arabic number, a mixed one such as 1.2万 or 1千2百, or a Chinese one in its full form."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?|[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?|\.[0-9]+", text):
        return Fraction(text.replace(",", ""))
    if text.endswith("百万") and re.fullmatch(r"[0-9]+百万", text):
        return Fraction(text[:-2]) * 1_000_000
    mixed = re.fullmatch(r"(?:([0-9.,]+)([百千万亿佰仟]))+([0-9]*)", text)
    if mixed:
        pieces = re.findall(r"([0-9.,]+)([百千万亿佰仟])", text)
        try:
            return sum((Fraction(n.replace(",", "")) * BIG[u] for n, u in pieces), Fraction(mixed[3] or 0))
        except ValueError:
            return None
    if not text or any(c not in SIGNS for c in text):
        return None
    if len(text) > 1 and re.fullmatch(r"[一二三四五六七八九零]+", text.translate(SIMPLE).replace("〇", "零")):
        return Fraction(text.translate(SIMPLE).translate(str.maketrans("零〇一二三四五六七八九", "00123456789")))
    return _chinese(text)


def _chinese(text: str) -> Fraction | None:
    simple = text.translate(SIMPLE).replace("廿", "二十").replace("卅", "三十")
    try:
        value = Fraction(str(cn2an.cn2an(simple, "normal")))
    except ValueError:
        return None
    if "点" in simple:
        return value
    written = cn2an.an2cn(int(value), "low").replace("一十", "十")
    return value if written.replace("零", "") == simple.replace("一十", "十").replace("零", "") else None


def values_of(text: str, unit: str) -> set[Fraction]:
    """Every number that the text may be in the unit; empty when it is none, or not for sure."""
    seen = plain(text)
    if seen in ("无", "没有", "零", "〇", "无人", "没有人"):
        return {Fraction(0)}
    seen = re.sub(rf"^{LEADS}", "", seen)
    main = re.sub(r"(?:[,、;:]?其中|含|\((?:其中|含|女|男|党员|团员)).*$", "", seen)
    found = {
        value
        for value in (_one(main, unit), _sum(seen, unit), _steps(main, unit), _half(main, unit))
        if value is not None
    }
    return found


def _one(text: str, unit: str) -> Fraction | None:
    match = re.fullmatch(rf"({NUMBER})(.*)", text)
    while match and match[1]:
        number, factor = numeral(match[1]), UNITS[unit].get(match[2])
        if number is not None and factor is not None:
            return number * factor
        shorter = match[1][:-1]
        match = re.fullmatch(rf"({re.escape(shorter)})(.*)", text) if shorter else None
    return None


def _sum(text: str, unit: str) -> Fraction | None:
    sides = [side for side in re.split(r"[=()]", text) if side]
    totals = {
        sum(values, Fraction(0))
        for side in sides
        if (values := [_one(piece, unit) for piece in side.split("+")]) and None not in values
    }
    return totals.pop() if "+" in text and len(totals) == 1 else None


def _steps(text: str, unit: str) -> Fraction | None:
    """2小时30分, 12元5角, 2h30."""
    pieces = re.findall(rf"({NUMBER})([^0-9.,{SIGNS}]*)", text)
    if len(pieces) < 2 or "".join(a + b for a, b in pieces) != text:
        return None
    if not pieces[-1][1] and unit == "hour":
        pieces[-1] = (pieces[-1][0], "分钟")
    values = [(numeral(a), UNITS[unit].get(b)) for a, b in pieces]
    if any(a is None or b is None for a, b in values):
        return None
    return sum((a * b for a, b in values if a is not None and b is not None), Fraction(0))


def _half(text: str, unit: str) -> Fraction | None:
    if unit != "hour" or text.count("半") != 1:
        return None
    match = re.fullmatch(r"(.*?)个?半个?(小时|钟头|天)|(.*?)个?(小时|钟头|天)半", text)
    if not match:
        return None
    number = numeral(match[1] or match[3] or "") if (match[1] or match[3]) else Fraction(0)
    return None if number is None else (number + Fraction(1, 2)) * (8 if (match[2] or match[4]) == "天" else 1)


def dates_of(text: str, year: int) -> set[str]:
    """Every day or interval of days that the text may be, in ISO form; days, months and years only."""
    return {iso for blanks in (r"\s+", r"[^\S\n]+") for iso in _dates_of(re.sub(blanks, "", plain(plain(text))), year)}


def _dates_of(text: str, year: int) -> set[str]:
    seen = re.sub(r"^[自从于]|(?:举行|开展|召开|止)$", "", _arabic(text)).rstrip(".,")
    found = {iso for iso in (_day(seen, year), _month(seen, year), _year(seen)) if iso}
    for cut in re.finditer(r"起?(?:--?|[‐-―~～至到、,;和及与]|\n)", seen):
        first = _day(seen[: cut.start()].rstrip(","), year)
        last = first and _end(seen[cut.end() :], first)
        if first and last and last >= first:
            found.add(f"{first}/{last}" if first != last else first)
        found |= _months(seen[: cut.start()], seen[cut.end() :], year)
    return found


def _arabic(text: str) -> str:
    digits = str.maketrans("〇零○一二三四五六七八九", "000123456789")
    text = re.sub(r"[〇零○一二三四五六七八九]{4}(?=年)", lambda m: m.group().translate(digits), text)
    return re.sub(
        r"[一二三四五六七八九十廿卅]{1,3}(?=[月日号])|(?<=月)[一二三四五六七八九十廿卅]{1,3}$",
        lambda m: str(numeral(m.group()) or m.group()),
        text,
    )


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _without_time(text: str) -> str:
    text = re.sub(r"\(?(?:周|星期)[一二三四五六日天1-7]\)?|[上下]午|晚(?!上午)上?|全天|,$", "", text)
    clock = r"[0-9]{1,2}(?:[:时点][0-9]{1,2}分?(?::[0-9]{2})?|[时点])"
    return re.sub(
        rf"(?:(?<=[日号0-9])t|(?<=[日号])|(?<=[0-9])(?=[0-9]{{1,2}}[时点:])){clock}(?:[-~至到—]{clock})?$", "", text
    ).rstrip(",")


def _day(text: str, year: int) -> str | None:
    for seen in dict.fromkeys((text, _without_time(text))):
        if match := re.fullmatch(r"([12][0-9]{3}|[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?", seen):
            return _iso(int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"([12][0-9]{3}|[0-9]{2})([0-9]{2})([0-9]{2})", seen):
            return _iso(int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1]), int(match[2]), int(match[3]))
        if match := re.fullmatch(r"([0-9]{1,2})[月./]([0-9]{1,2})[日号]?", seen):
            return _iso(year, int(match[1]), int(match[2]))
        if match := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([12][0-9]{3})", seen):
            a, b = int(match[1]), int(match[2])
            return _iso(int(match[3]), min(a, b), max(a, b)) if a == b or max(a, b) > 12 else None
        if re.fullmatch(r"4[3-7][0-9]{3}(\.[0-9]+)?", seen):
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(seen[:5]))).isoformat()
    return None


def _end(text: str, first: str) -> str | None:
    year, month = int(first[:4]), int(first[5:7])
    match = re.fullmatch(r"([0-9]{1,2})[日号]?", _without_time(text))
    if match:
        return _iso(year, month, int(match[1]))
    dashed = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", text)
    return _iso(year, int(dashed[1]), int(dashed[2])) if dashed else _day(text, year)


def _month(text: str, year: int) -> str | None:
    match = re.fullmatch(r"(?:([12][0-9]{3}|[0-9]{2})[-/.年])?([0-9]{1,2})(月份?)?", text)
    if match and (match[1] or match[3]) and 1 <= int(match[2]) <= 12:
        return f"{year if not match[1] else int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])}-{int(match[2]):02}"
    compact = re.fullmatch(r"([12][0-9]{3})(0[1-9]|1[0-2])", text)
    return f"{compact[1]}-{compact[2]}" if compact else None


def _year(text: str) -> str | None:
    match = re.fullmatch(r"([12][0-9]{3}|[0-9]{2}(?=年))年?度?", text)
    return None if not match else match[1] if len(match[1]) == 4 else f"20{match[1]}"


def _months(first: str, last: str, year: int) -> set[str]:
    a = _month(first if first.endswith(("月", "份")) or not last.endswith(("月", "份")) else first + "月", year)
    b = _month(last, int(a[:4])) if a else None
    if not a or not b or b < a:
        return set()
    end = dt.date(int(b[:4]) + int(b[5:]) // 12, int(b[5:]) % 12 + 1, 1) - dt.timedelta(days=1)
    return {f"{a}-01/{end.isoformat()}", a[:4]} if (a[5:], b[5:]) == ("01", "12") else {f"{a}-01/{end.isoformat()}"}
