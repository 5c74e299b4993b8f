"""What looks like an identifier and is none: amounts, numbers of documents, days, hotlines.

Written before the masker's rules, as `made_up.py` was.
"""

from random import Random

from made_up import birthday, digits, han, listed


def amount(random: Random) -> str:
    whole = random.choice((random.randrange(1, 999), random.randrange(1000, 99999)))
    return random.choice(
        (
            f"{whole}元",
            f"{whole}.{digits(random, 2)}元",
            f"{whole:,}元",
            f"￥{whole}.{digits(random, 2)}",
            f"¥{whole:,}.{digits(random, 2)}",
            f"{whole}块{random.randrange(1, 9)}",
            f"{random.randrange(1, 99)}万",
            f"{random.randrange(1, 9)}.{random.randrange(1, 9)}万元",
            f"{han(str(random.randrange(2, 9)))}千{han(str(random.randrange(2, 9)))}百元",
            f"人民币{whole}.00元",
            f"{whole}块钱",
            f"RMB {whole:,}.{digits(random, 2)}",
            f"１{random.randrange(200, 999)}元".translate(str.maketrans("23456", "２３４５６")),
        )
    )


def part_of_several(random: Random) -> str:
    whole = random.randrange(20, 20000)
    return random.choice((f"{whole}", f"{whole}元", f"{whole}.{digits(random, 2)}", f"{whole:,}"))


def document_number(random: Random) -> str:
    year, number = random.randrange(2009, 2027), random.randrange(1, 160)
    issuer = random.choice(
        listed("沪医保规 医保发 国医保发 浙医保发 杭医保 青医保字 深医保规 沪府规 国办发 医保办发")
    )
    return random.choice(
        (
            f"{issuer}〔{year}〕{number}号",
            f"{issuer}[{year}]{number}号",
            f"{issuer}（{year}）{number}号",
            f"{issuer}〔{year}〕{number} 号",
            f"国家医疗保障局令第{random.randrange(1, 9)}号",
            f"国务院令第{random.randrange(600, 800)}号",
            f"{issuer}【{year}】{number}号",
        )
    )


def approval_number(random: Random) -> str:
    return f"国药准字{random.choice('HZSJB')}{random.randrange(1995, 2026)}{digits(random, 4)}"


def icd(random: Random) -> str:
    head = random.choice("ABCDEFGHIJKLMNRSTZ") + digits(random, 2)
    return head + random.choice(("", f".{digits(random, 1)}", f".{digits(random, 1)}00x00", ".900"))


def day(random: Random) -> str:
    at = birthday(random)
    return random.choice(
        (
            f"{at:%Y-%m-%d}",
            f"{at.year}年{at.month}月{at.day}日",
            f"{at:%Y%m%d}",
            f"{at:%Y/%m/%d}",
            f"{at:%Y.%m.%d}",
            f"{at.month}月{at.day}号",
            f"{at:%Y-%m-%d} 14:30:00",
        )
    )


def quantity(random: Random) -> str:
    few = random.randrange(1, 60)
    return random.choice(
        (
            f"{few}盒",
            f"{few}片",
            "500mg×20片",
            "0.5g*24粒",
            f"{few}天",
            f"{few}mg",
            "140/90",
            "6.1mmol/L",
            "10ml:100mg",
            "每次2片一日3次",
            f"第{few}次",
            "一日三次",
        )
    )


HOTLINES = listed("12393 12345 120 110 95598 12320 12348 400-820-5555 4008205555 95533 114 12333")
REGIONS = listed("上海 杭州 青岛 深圳 浙江省 山东省 黄浦区 徐汇区 罗湖区 余杭区 安徽 江西 钱塘区")
INSTITUTIONS = listed(
    "瑞金医院 华山医院 浙江大学医学院附属第一医院 青岛市立医院 复旦大学附属中山医院 仁济医院 "
    "康健街道社区卫生服务中心 方塔中医医院 何家村卫生室 安宁疗护中心 雷允上药店 胡庆余堂 "
    "董家渡街道社区卫生服务中心 邵逸夫医院 童涵春堂 高博医疗 上海市第六人民医院 曲阳医院"
)
