"""M62: names, addresses and illnesses in texts, found where they speak of a person and nowhere else."""

import pytest

from analysis.etl.personal import personal_words
from tests.returns import reference

PERSONAL = {
    "name": ["户主王秀英", "户主张三", "困难职工:李娜、王芳", "慰问困难职工李娜、王芳", "慰问李桂兰、王秀英", "捐资助学李小红500元", "与王桂芳结对", "患儿李梓涵", "受助对象:孙大海", "走访周小红", "群众张伟反映窗口排队", "看望王秀英老人", "慰问王建国一家", "受助学生李明,三年级", "姓名:赵六",
             "户主欧阳娜娜", "帮扶对象:阿依古丽·买买提", "户主:陈桂兰(已脱贫)", "贫困户刘福贵生活困难", "其子王小虎", "患者张伟康复"],
    "address": ["人民路12号3栋2单元501室", "幸福小区3栋501室", "李庄村三组12号", "家住石桥街道幸福里3号", "住址:澜江市东城区人民路",
                "和平家园7-2-301"],
    "health": ["本人患有尿毒症", "妻子确诊肺癌", "身患淋巴瘤多年", "高岑远,白血病,长期服药", "王建国、尿毒症", "户主高槿汐因股骨头坏死返贫", "其妻肺癌化疗", "陈梓珩患股骨头坏死"],
    "id_number": ["身份证号:42010619900101123", "残疾证号 4201 0619 9001 0112 3"],
    "card": ["银行卡号6222 0212 3456 7890 1", "农行卡6228 4800 1234 5678 901"],
}  # fmt: skip
ORDINARY = [
    "户主高龄,行动不便", "户主常年在外务工", "户主李某", "户主王某某", "困难职工家庭", "困难家庭8户", "贫困户安置房", "困难职工高温慰问",
    "金秋助学受助学生成绩优秀", "孤寡老人12户", "为困难群众申请低保", "老人周末陪伴", "儿童夏令营", "居民高度评价", "看望高龄老人",
    "为困难党员温暖过冬", "关爱空巢老人文艺演出", "走访金银花种植户", "服务对象满意度较高", "母亲节幸福工程捐款", "学习张桂梅先进事迹",
    "向雷锋同志学习", "走访方志敏纪念馆", "慰问高温岗位", "退役军人成才", "结对石桥村", "结对帮扶马家沟村", "何长工纪念馆", "学习黄大年同志", "志愿者编号33010100012345", "看望周边群众", "资助余额", "帮扶石桥社区", "慰问武警官兵", "走访许家村", "救助金发放", "帮扶单位", "慰问任务完成", "走访江南社区", "群众满意度", "澜江市人民公园", "中山路社区", "人民路12号市民中心", "机关大楼3号楼501会议室", "滨江社区2号楼活动室", "城西街道石桥社区",
    "澜文明委〔2024〕23号", "高血压、糖尿病义诊", "白血病患儿募捐", "关注白血病,捐献造血干细胞", "防治艾滋病日宣传", "因病致贫", "大病救助", "民政(街道)退出低保通知", "LJ-G09-01",
    "1.帮扶对象编号由单位自编(如 LJ-G09-01),姓名、身份证号、住址、电话、病情、账号不得填写。2.解困指民政(街道)或工会确认退出帮扶,慰问不等于解困。",
    "3.个人典型填姓名须经本人同意,不填身份证号、电话。", "单位负责人:    审核人:    填表人:    联系电话:    填报日期:    年  月  日",
]  # fmt: skip
SECRET = [
    "★秘密",
    "秘密★1年",
    "机密★",
    "绝密",
    "密级:机密",
    "(机密)",
    "【秘密】",
    "机密级",
    "秘密 3年",
    "秘密件",
    "机密★长期",
]
NOT_SECRET = ["保密局", "市国家保密局", "秘书科", "保密工作", "国家秘密载体管理", "严守秘密", "机密档案室", "密级:无", "商业秘密保护",
              "保守国家秘密法宣传", "4.涉密、巡视巡察内部内容不得填写。"]  # fmt: skip


@pytest.mark.parametrize("kind, text", [(kind, text) for kind, texts in PERSONAL.items() for text in texts])
def test_m62_what_names_a_person_a_home_or_an_illness_is_found(kind, text):
    assert kind in personal_words(reference()).kinds(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_m62_ordinary_words_of_a_return_are_not_personal(text):
    assert not personal_words(reference()).kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "尿毒症",
        "血液透析",
        "长期卧床不起",
        "类风湿",
        "李桂兰",
        "王秀英等3户",
        "人民路12号",
        "2024年王秀英住院",
        "送给李桂兰老人米油",
        "住石桥镇东风村五组",
        "为张建国联系工作",
    ],
)
def test_m62_about_a_helped_household_an_illness_a_name_or_a_street_needs_no_other_word(text):
    assert personal_words(reference()).household_kinds(text)


@pytest.mark.parametrize(
    "text",
    ["低保户", "因病致贫", "大病", "重度残疾", "残疾人家庭", "走访慰问、政策帮扶", "就业帮扶、助学", "已退出", "工会退档审批表", "四级调研员",
     "节日慰问、技能培训", "城西街道石桥社区", "协助办理大病救助", "慢性病签约服务", "家中2名学生", "为其子联系学校", "安排金银花种植", "和平社区开具证明", "2024年周边村民帮工", "与江海集团签约", "户内3人就业", "住房安全有保障", "住院补助", "住房保障到位", "2人住校"],
)  # fmt: skip
def test_m62_what_the_form_of_households_asks_for_is_not_personal(text):
    assert not personal_words(reference()).household_kinds(text)


@pytest.mark.parametrize("text", SECRET)
def test_7_2_7_a_mark_of_state_secrecy_is_known(text):
    assert personal_words(reference()).is_secret(text)


@pytest.mark.parametrize("text", NOT_SECRET)
def test_7_2_7_words_about_secrecy_are_no_mark(text):
    assert not personal_words(reference()).is_secret(text)
