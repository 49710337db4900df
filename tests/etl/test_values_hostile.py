"""Wordings that no rule foresaw: what a careful person would not take for certain is asked about, the rest is read.

Each list is what clerks write in a cell; wordings are separated by blanks.
"""

from __future__ import annotations

import pytest

from analysis.etl.dates import read_date
from analysis.etl.values import read_list, read_person, read_yes_no
from analysis.records import Reading
from tests.words import cell, load_lexicon, number

FIELDS = {
    "people": ("count", "person"),
    "times": ("count", "person_time"),
    "money": ("amount", "yuan"),
    "hours": ("hours", "hour"),
    "blood": ("ml", "ml"),
    "share": ("rate", ""),
    "lessons": ("number", "class_hour"),
}

READ = {
    "people": "贰仟=2000 五〇=50 卌=40 1，234=1234 50，000=50000 0人=0 零人=0 50。=50 50.00=50 50.0人=50 一人=1 50个人=50 伍拾人=50"
    " 叁拾陸人=36 兩百=200 一萬=10000 5佰=500 15百=1500 1.5万=15000 1万5千=15000 一百十五=115 一〇〇=100 二千〇二十五=2025"
    " 50名干部职工=50 累计50=50 有50人=50 50(人)=50 32＋18=50 32+18=50=50 50(含领导5人)=50 50(党员0)=50 50内含党员32=50"
    " 50(男30,女20)=50 ‘50=50",
    "times": "50人·次=50 五十人次=50 1.2千人次=1200 1000(人次)=1000",
    "money": "贰仟元整=2000 人民币贰仟圆=2000 ￥贰仟=2000 RMB2000=2000 2万5000元=25000 两千三百元整=2300 12块5毛=12.5 1元5角=1.5"
    " 壹万贰仟叁佰肆拾伍元陆角柒分=12345.67 1，200.00元=1200 ￥１２００=1200 1200元00分=1200 1200(元)=1200 1.2（万元）=12000 1.235万元=12350"
    " 一点二万元=12000 12百元=1200 共计人民币1200元=1200 12.50=12.5 1000元+200元=1200元=1200",
    "hours": "90min=1.5 90分钟=1.5 1h30min=1.5 1小时30=1.5 3.5天=28 1天2h=10 2h+30min=2.5 两天=16 2.5H=2.5 1.5小时整=1.5 12.50=12.5",
    "blood": "200cc=200 0.4L=400 四百CC=400 2U=400 1升200毫升=1200 400㎖=400 4百毫升=400",
    "share": "85.5%=0.855 百分之八十五=0.85 5‰=0.005 十成=1 0.85=0.85 85=0.85",
    "lessons": "3课时=3 3.5学时=3.5 三学时=3 共120学时=120",
}
ABOUT = {
    "people": "约莫50=50 50上下=50 ≈50=50 约50左右=50 50名许=50",
    "money": "0.8万左右=8000",
    "hours": "6小时左右=6",
}
LOW = {
    "people": "50+=50 >50=50 ≥50=50 不下50人=50 五十开外=50 50人余=50 超50=50",
    "money": "万余=10000 上千元=1000",
    "hours": "6小时多=6",
}
HIGH = {"people": "<50=49 ≤50=50 不足50=49 接近50=49 50之内=50 顶多50=50 5人以下=5", "money": "近千=999"}

ASKED = {
    "people": "3万5 一千二 一百五 5.5k 50~60余 50/52 50、60 50,60 1.234 1.000 1，23 12,34 5,000,00 1,2345 50↑ O l0 5O l I5 5|0"
    " 50人(含借调3人) 50人(退休) 50人(不含退休) 50+3家属 50名家属 50人/60人次 上年50今年60 50(去年) 原50现52 50改52 50→52 50(52) 50或52"
    " 计划50 拟50 50(预计) 50(待核) 50? ?50 50※ 50① ①50 见表2 表50 附件50 同去年 一 两 ﹣5 （5） 5- -5 负50 减50 皕 1e3 0x1F TRUE"
    " 050 007 5. .5 50.人 5十 十5 2百5十 零五 五百零 三五 俩 一双 一打 半 几十 十几人 数十 二三十 两三人 七八十人 三五人 3-5人 30到40 40-30"
    " 过半 一半 全部50人 全体50人 50人全体 人人参加 50% 五成 50‰ 50人(80%) 50/62(80%) 50人,占80% 50(32) 50(女) 男30女20 50(男30,女30)"
    " 50(男31、女20) 50(党员占32) 党员32+群众18 32+18=51 20×3 3次×20人 60-10 =50 第50 №50 每次50 人均2 月均50 50/月 上半年20下半年30 1-3月50"
    " 截至11月50 2025年 50人2次 2批50人 50人/次 50人次 50户 50元 50天 50kg 50岁 党员50 志愿者50人 近50余人 50余左右 余50 50强 差2人50 增加50"
    " 应到60实到50 编制50 50(其中党员60) 50(党员32%) 50(均为党员) 50(+3) 无0 0(无) 未开展 涉密 null NaN … ×  √ 有 是 ½ 5² Ⅴ ㈤ ⑤ 五、 5)"
    " 1.234.567 1.234,5 1'234 1_234 ##5 50mm 50a",
    "times": "50人/次 1000人(次) 50人次(30人) 30人50次 30人、50人次 百人次 数百人次 50人 50次/人 50场次",
    "money": "$2000 2000美元 2000港币 2万5 两千三 1千2 12元5 12块5 1.200 1.200元 1.1000 12.345元 0.005元 1.200,00 1200.00.00 1200元/人 每人200元 人均200"
    " 50人×200元 50×200 200元/户 3户1200元 1200元(3户) 50人1200元 50人各200元 户均200 1200元+物资 1200元物资 物资折合1200元 价值约1200元 现金1000物资200"
    " 1200元(含物资200元) 1000+200=1300 1200分 1200角 5毛 1,20元 1,2000元 12OO 1200.OO l200 -1200 负1200 (1200) 1200- 1200起 1000-1200 1-2万元 50-100元/人"
    " 1200/1300 去年1000今年1200 3月1200 200元(3月)+300元(5月) ①1000 1、1000 1000;200 拟捐1200 认捐1200 1200(已到账) 七八千 一两千 一二百元 半万 一万半"
    " 1200人 1200元(万) 百万 免费 捐物 2500,50 2.500.5",
    "hours": "一上午 1:30 01:30 12'30\" 1.30 2.20 1.500 1时30分 9时30分 2时 14时 90分 每人3小时 人均3小时 3小时/人 3小时×5 5人各3小时"
    " 3学时 3次 3次2小时 6+小时 12点半 8:00-11:30 9时至11时 2-3小时 2,5 2小时2小时 2天2夜 一周 1个月 1天(6小时) 24小时/天 每天2小时 2小时/次 120' 120秒 2°30′"
    " 2小时(含路途) 2小时(5人) 5×2=10 三四个小时 数小时 满20小时 90m 1d 2days",
    "blood": "200cc×5 5人各200ml 5人份 400豪升 400g 1治疗量 2袋 400ml/人 每人400 200-400 200或400 200/400 4×100 400(全血) 全血400 血小板1U 1人400ml 1200(3人) 1200ml/3人"
    " 12dl 1升2 2U(400ml) -400 半升 400mg 4OOml 400m 400L 400升",
    "share": "1 101% 150% 约85% 85%以上 85-90% 85/100 17/20 全部 五分之一 一半 八成五 100%+ 85人 85分 85%% %85 85%(50人) -5%",
    "lessons": "3小时 3次 半学时 3学时/人 人均3学时 3-5 3、5 3学分 40学时×3 120学时(3次) 3.000",
}  # fmt: skip

DATES = (
    "3月5号=2025-03-05 2025.03=2025-03 25.3.5=2025-03-05 3/5=2025-03-05 2025-3-5至8=2025-03-05/2025-03-08 3月5日(周三)上午=2025-03-05"
    " 腊八=2025-01-07 3月至5月=2025-03-01/2025-05-31 每周三=2025 第3季度=2025-07-01/2025-09-30 Q3=2025-07-01/2025-09-30 2025年度=2025"
    " 3月上中旬=2025-03-01/2025-03-20 3月底=2025-03 三月五日=2025-03-05 二〇二五年三月=2025-03 农历九月九=2025-10-29 九月初九=2025-10-29"
    " 腊月廿三=2025-01-22 3月5、8日=2025-03-05/2025-03-08 2025.3.5、3.12=2025-03-05/2025-03-12 12月至次年3月=2025-12-01/2026-03-31"
    " 20250305-08=2025-03-05/2025-03-08 250305=2025-03-05 13/3/2025=2025-03-13 3月5日9:00-11:00=2025-03-05 2024年2月29日=2024-02-29"
    " 2025.3.5。=2025-03-05 2025-03-05T00:00:00Z=2025-03-05 １２月５日=2025-12-05"
)
DATES_ASKED = (
    "05/03/2025 5/3/2025 3/5/25 12.11.10 3月中上旬 月底 年初 春节期间 重阳前夕 2月29日 2月30日 4月31日 13月 0月5日 3、4月 3月、5月 2025-02-29 20250230 202513"
    " 二月二 三月三 五月五 九月九 2025年七月七 3.5日 3.50 3.32 0305 305 35 3 5 1 3-5 5-3月 2025.8-2025.3 2025.3-5 2025,3,5 2025年3 25年 1925年 30-3-5 2O25.3.5 2025.3.l"
    " 贰零贰伍年叁月 廿五年 正月 3·5 6·14 五一 国庆 元旦 清明 学雷锋月 去年 去年3月 上年12月 明年1月 本月 上月 近期 至今 1月至今 待定 3月(拟) 拟3月"
    " 预计3月 约3月5日 3月左右 3月5日前后 3月5日起 自3月5日 3月5日前 年底前 3月5日(星期四) 周三 3月第一周 每年3月5日 3月5日(2天) 3月5日2次"
    " 3月5日8日 3.5/3.12 3.12、3.5 Mar5 5-Mar-25 甲辰年 民国114年 2024-2025 2025学年 2025? 3月? 12:30 9:00 3点 30天 一年 半年 立即 随时 已完成 43830 47847"
)

YES = "√ Y 1 ● ☑ 有√ 是√ 是☑否□ □否√是 已修订 已完善 已落实 均有 对 true 是。"
NO = "× N 0 ☒ 没有 是□否☑ 有□无☑ 暂无 尚未建立 没建 未设立 FALSE 正在建立 建设中 拟建立 待建立"
YES_NO_ASKED = (
    "是/否 是□否□ ☑是☑否 是√否 ○ ◎ ★ □ ▲ + 2 -1 1.5 1次 3个 基本建立 部分建立 初步建立 修订中 不健全 未完善 未健全 未修订 未落实 未执行 有但未落实 有,未执行"
    " 去年已建立 2024年 3月 沿用上级 参照上级 见附件 否(正在建立) 是(正在建立) 无需 达标 合格 部分有 多数有 有时 可能有 有? √? 未未建立 已未建立 没有没有 有无 有/无"
    " 已废止 取消 暂停 100% 50% T 假 √× √√ v 从无 不申报"
)

NAMED = "张三 欧阳修 主任王强 书记张三 张三书记 办公室张三 张三(办公室) 张三、李四 负责人:张三 阿依古丽·买买提 張三 张三同志"
NOT_NAMED = "全体 各科室 领导班子 局长 办公室 水利科 安全科 青年突击队 党组书记、局长 相关人员 明确专人 管理员 常务副局长 包保领导 无"
PERSON_ASKED = (
    "王某 张* 李XX 张局长 王主任 张总 张工 李老师 张医生 高科 何处 方局 林园局 江科 金所 时间 任务 任何人 任命 常态 常抓不懈 高度重视 严格落实 安全 方案 管理 单独 简报 路长"
    " 成立专班 责任到人 轮流 待定 13812345678 LiSi 3人 见附件 ? 小张 老王 张三李四 元旦 左右 万元 农户 商务 向上级"
)


def pairs(table: dict[str, str]) -> list[tuple[str, str, float]]:
    """Field, wording and number of each wording; the number stands after the last `=`."""
    found = []
    for field, wordings in table.items():
        for wording in wordings.split():
            text, _, value = wording.rpartition("=")
            found.append((field, text, float(value)))
    return found


def singles(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(field, text) for field, wordings in table.items() for text in wordings.split()]


def read(field: str, text: str) -> Reading:
    return number(text, *FIELDS[field])


def asked(reading: Reading) -> bool:
    """Whether the reading says nothing and asks; a range may keep its bounds."""
    return (reading.status, reading.treatment, reading.value, reading.text) == ("queried", "ASK", None, None)


@pytest.mark.parametrize("field, text, value", pairs(READ))
def test_an_odd_wording_that_leaves_no_doubt_is_read(field: str, text: str, value: float) -> None:
    reading = read(field, text)
    assert (reading.value, reading.status) == (pytest.approx(value, rel=1e-12), "repaired")


@pytest.mark.parametrize("field, text, value", pairs(ABOUT))
def test_an_odd_approximation_is_approximate(field: str, text: str, value: float) -> None:
    assert (read(field, text).value, read(field, text).status) == (value, "approximate")


@pytest.mark.parametrize("field, text, low", pairs(LOW))
def test_an_odd_lower_bound_is_no_value(field: str, text: str, low: float) -> None:
    reading = read(field, text)
    assert (reading.value, reading.low, reading.high, reading.status) == (None, low, None, "bounded")


@pytest.mark.parametrize("field, text, high", pairs(HIGH))
def test_an_odd_upper_bound_is_no_value(field: str, text: str, high: float) -> None:
    reading = read(field, text)
    assert (reading.value, reading.low, reading.high, reading.status) == (None, None, high, "bounded")


@pytest.mark.parametrize(
    "field, text", [*singles(ASKED), ("money", "20 000"), ("people", "5 0"), ("people", "50\n30"), ("hours", "1 30")]
)
def test_a_number_that_is_not_certain_is_asked_about(field: str, text: str) -> None:
    assert asked(read(field, text))


@pytest.mark.parametrize("wording", DATES.split())
def test_an_odd_date_that_leaves_no_doubt_is_read(wording: str) -> None:
    text, iso = wording.split("=")
    assert read_date(cell(text), 2025, load_lexicon()).text == iso


@pytest.mark.parametrize("text", DATES_ASKED.split())
def test_a_date_that_is_not_certain_is_asked_about(text: str) -> None:
    assert asked(read_date(cell(text), 2025, load_lexicon()))


@pytest.mark.parametrize("text, answer", [*((t, "yes") for t in YES.split()), *((t, "no") for t in NO.split())])
def test_an_odd_answer_that_leaves_no_doubt_is_read(text: str, answer: str) -> None:
    assert read_yes_no(cell(text), load_lexicon()).text == answer


@pytest.mark.parametrize("text", YES_NO_ASKED.split())
def test_an_answer_that_is_not_certain_is_asked_about(text: str) -> None:
    assert asked(read_yes_no(cell(text), load_lexicon()))


@pytest.mark.parametrize("text, named", [*((t, "yes") for t in NAMED.split()), *((t, "no") for t in NOT_NAMED.split())])
def test_who_is_responsible_is_told_where_it_leaves_no_doubt(text: str, named: str) -> None:
    assert read_person(cell(text), load_lexicon()).text == named


@pytest.mark.parametrize("text", PERSON_ASKED.split())
def test_a_word_that_may_be_a_name_or_not_is_asked_about(text: str) -> None:
    assert asked(read_person(cell(text), load_lexicon()))


LEVELS = {"province": "省级", "city": "市级", "organ": "市直机关级", "none": "无"}
LEVELS_ASKED = "省级、市级 省级/市级 省市级 县级 国家级 省级? 原省级 申报省级 拟省级 省级(待复查) 级 1 是 √ 不详"
SPELLINGS = {"省级文明单位": "province", "没有": "none"}
STATES = {"done": "已完成", "in_progress": "进行中", "not_started": "未启动", "long_term": "长期坚持"}
STATES_ASKED = "未完成 完成? 预计完成 拟完成 12月完成 完成一半 完成90%以上 完成120% 基本未启动 √ 是 1 好"


@pytest.mark.parametrize("text", LEVELS_ASKED.split())
def test_a_level_that_is_not_certain_is_asked_about(text: str) -> None:
    assert asked(read_list(cell(text), LEVELS, SPELLINGS, load_lexicon()))


@pytest.mark.parametrize("text", STATES_ASKED.split())
def test_a_state_that_is_not_certain_is_asked_about(text: str) -> None:
    assert asked(read_list(cell(text), STATES, {}, load_lexicon()))
