"""Identifiers of nobody, with right checksums, and the disguises that people write them in.

Stand-alone on purpose: checksums, districts, number ranges and names are typed here a second
time, so that a slip in the masker's own data shows. Written before the masker's rules.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random


def listed(words: str) -> list[str]:
    return words.split()


DISTRICTS = listed(
    "110101 110105 110108 120101 130102 140105 150102 210102 220102 230102 310101 310104 310105 "
    "310106 310107 310109 310110 310112 310113 310114 310115 310116 310117 310118 310120 320102 "
    "320106 320506 330102 330105 330106 330108 330109 340104 350203 360102 370202 370203 370212 "
    "410105 420106 420111 430102 440303 440304 440305 440306 440307 450103 460105 500103 510104 "
    "510107 520103 530102 540102 610113 620102 630102 640104 650102 "
    "522121 320911 342622"  # districts that exist no longer, though their numbers do
)
RESIDENTS_FROM_OUTSIDE = listed("810000 820000 830000")
MOBILE_STARTS = listed(
    "130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 165 166 "
    "167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 "
    "195 196 197 198 199"
)
EIGHT_DIGIT_CITIES = listed("010 020 021 022 023 024 025 027 028 029 0571 0532 0755 0574 0512")
SEVEN_DIGIT_CITIES = listed("0563 0570 0580 0744 0771 0851 0898 0951 0991")
# Old card numbers begin so as well: starts of debit and credit cards.
CARD_STARTS = listed("622202 621700 622848 621661 622588 622609 621483 625912 436742 518710 356889")
NAMES = listed(
    "王秀英 李桂兰 张建国 刘洋 陈静 杨志强 赵玉珍 黄丽 周杰 吴敏 徐国华 孙淑芬 胡军 朱琳 高翔 "
    "林小燕 何佳怡 郭子轩 马晓东 罗文博 梁宇航 宋雨桐 郑浩然 谢梓涵 韩雪梅 唐一诺 冯志远 于海涛 "
    "董建华 萧红 程思源 曹宝玉 袁立 邓紫棋 许文强 傅雷 沈梦瑶 曾国强 彭丽媛 吕秀莲 苏明哲 卢俊 "
    "蒋欣妍 蔡依林 贾宝山 丁雨晴 魏建军 薛凤英 叶倩文 阎锡福 余秋雨 潘玉莲 杜鹃 戴安娜 夏雨荷 "
    "钟汉良 汪国真 田震 任素芬 姜文丽 范伟 方志敏 石光荣 姚明珠 谭咏梅 廖凡 邹市明 熊黛林 金巧巧 "
    "陆毅 郝建 孔令辉 白雪 崔健 康辉 毛阿敏 邱淑贞 秦海璐 江珊 史玉柱 顾长卫 侯勇 邵逸夫 孟庆祥 "
    "龙丹妮 万梓良 段奕宏 雷佳音 钱学明 汤唯 尹正 黎耀祥 易烊 常宝华 武文斌 乔振宇 贺龙飞 赖声川 "
    "龚琳娜 文章 欧阳娜 欧阳修远 司马玉 上官婉婷 诸葛明 慕容晓 皇甫建国 尉迟琳 东方静 夏侯霞 "
    "令狐冲 司徒兆 章子怡 俞飞鸿 柳如是 毕淑敏 倪萍 严凤英 牛群 温碧霞 芦苇 季晨 霍思燕 童丽华 "
    "葛优 游本昌 阮玲 骆建平 舒淇 柯蓝 项阳 祝新运 盛中国 左小青 翟志刚 涂松岩 樊锦诗 景甜 "
    "阿依古丽 卓玛 巴特尔 买买提江·吐尔逊 那英 粟裕华 郎平 巩俐 佟丽 冼星海 揭春 区志航 "
    "王梓萱 李沐宸 张若曦 刘奕辰 陈一鸣 杨芮 赵铁柱 黄招娣 周大勇 吴二妹 徐阿宝 孙红"
)
LATIN_NAMES = ("Wang Xiuying", "Li Wei", "Zhang Jianguo", "John Smith", "Maria Garcia", "Chen Jing")
_ROADS = listed("漕溪北路 延安西路 祥德路 打浦路 文三路 香港中路 莫干山路 田林东路 长阳路 幸福大街")
_HOUSES = listed("阳光花园 曹杨新村 梅陇三村 翠苑小区 绿地公寓 书香苑")
_HOSTS = listed("qq.com 163.com gmail.com hospital.org.cn sina.com.cn outlook.com")
_WORDS = listed("wang lily zhao88 sunny health chenj xiaoli dawei momo jack")

Writer = Callable[[Random], str]


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


def birthday(random: Random) -> date:
    return date(1932, 1, 1) + timedelta(days=random.randrange(93 * 365))


def with_check_sign(body: str) -> str:
    """GB 11643: weights are the powers of two modulo eleven."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]


def with_luhn(body: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def resident_id(random: Random) -> str:
    places = RESIDENTS_FROM_OUTSIDE if random.random() < 0.04 else DISTRICTS
    body = f"{random.choice(places)}{birthday(random):%Y%m%d}{digits(random, 3)}"
    return _in_groups(random, with_check_sign(body), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4))


def resident_id_old(random: Random) -> str:
    number = f"{random.choice(DISTRICTS[:-3])}{birthday(random):%y%m%d}{digits(random, 3)}"
    return _in_groups(random, number, (6, 6, 3))


def mobile(random: Random) -> str:
    number = random.choice(MOBILE_STARTS) + digits(random, 8)
    written = _in_groups(random, number, (3, 4, 4), (3, 4, 4), (3, 8))
    ahead = random.choice(("", "", "", "+86", "+86 ", "+86-", "0086 ", "(+86)", "86-"))
    return ahead + written if written[0] in "1１" else written


def landline(random: Random) -> str:
    if random.random() < 0.7:
        area, rest = random.choice(EIGHT_DIGIT_CITIES), digits(random, 7)
    else:
        area, rest = random.choice(SEVEN_DIGIT_CITIES), digits(random, 6)
    number = random.choice("2345678") + rest
    joint = random.choice(("-", "-", " ", "", "－", "—"))
    written = f"({area}){number}" if random.random() < 0.15 else f"{area}{joint}{number}"
    written += random.choice(("", "", "", "", "-802", "转802", " 转 8021"))
    return _full_width(written) if random.random() < 0.1 else written


def bank_card(random: Random) -> str:
    start = random.choice(CARD_STARTS)
    length = 16 if start[0] in "453" else random.choice((16, 19, 19))
    number = with_luhn(start + digits(random, length - len(start) - 1))
    return _in_groups(random, number, (4, 4, 4, 4, 4), (4, 4, 4, 4, 4), (6, 13))


def insurance_card(random: Random) -> str:
    kinds = (
        lambda: random.choice("ABCDEFGHJKLM") + digits(random, 8),
        lambda: random.choice("ABCDEFGHJKLM") + digits(random, 7) + "X",
        lambda: digits(random, 9),
        lambda: digits(random, 10),
        lambda: digits(random, 12),
        lambda: digits(random, 16),
    )
    number = random.choice(kinds)()
    return _full_width(number) if random.random() < 0.1 else number


def passport(random: Random) -> str:
    kinds = (
        lambda: "E" + digits(random, 8),
        lambda: "E" + random.choice("ABCDEFGHJK") + digits(random, 7),
        lambda: "G" + digits(random, 8),
        lambda: "e" + digits(random, 8),
        lambda: digits(random, 9),
        lambda: random.choice(("TK", "AB", "XN")) + digits(random, 7),
    )
    return random.choice(kinds)()


def permit(random: Random) -> str:
    kinds = (
        lambda: random.choice("HM") + digits(random, 8),
        lambda: random.choice("HM") + digits(random, 10),
        lambda: digits(random, 8),
        lambda: random.choice("hm") + digits(random, 8),
    )
    return random.choice(kinds)()


def residence_permit(random: Random) -> str:
    if random.random() < 0.4:
        nation = random.choice(("CAN", "USA", "FRA", "JPN", "DEU"))
        return f"{nation}3100{birthday(random):%y%m%d}{digits(random, 2)}"
    # Nine, province, number of the nation, birthday, serial, check sign.
    nation = random.choice(("840", "124", "250", "392", "276", "826"))
    province = random.choice(("11", "31", "33", "44"))
    return with_check_sign(f"9{province}{nation}{birthday(random):%Y%m%d}{digits(random, 3)}")


def email(random: Random) -> str:
    name = random.choice(_WORDS) + random.choice(("", ".", "_", "")) + digits(random, 3)
    at = random.choice(("@", "@", "@", "@", "＠", " @ "))
    return f"{name}{at}{random.choice(_HOSTS)}"


def wechat(random: Random) -> str:
    return random.choice(_WORDS) + random.choice(("_", "-", "")) + digits(random, 5)


def plate(random: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    head = random.choice("京沪浙鲁粤苏皖豫川渝") + random.choice("ABCDEFGH")
    joint = random.choice(("", "", "·", " ", "-"))
    if random.random() < 0.3:
        tail = random.choice("DF") + digits(random, 5)
    else:
        tail = random.choice(letters) + digits(random, 4)
        tail = random.choice((tail, digits(random, 5), digits(random, 3) + tail[0] + tail[1]))
    return head + joint + tail


def address(random: Random) -> str:
    road, house = random.choice(_ROADS), random.choice(_HOUSES)
    number, block, room = random.randrange(2, 900), random.randrange(1, 40), digits(random, 3)
    room = "1" + room[1:]
    return random.choice(
        (
            f"{road}{number}号",
            f"{road}{number}号{room}室",
            f"{road}{number}弄{block}号{room}室",
            f"{road}{number}弄{block}号",
            f"{house}{block}号楼{random.randrange(1, 5)}单元{room}室",
            f"{house}{block}栋{room}",
            f"{house}{block}幢{room}室",
            f"{road}{number}号{house}{block}号{room}室",
            f"{road}{number}号{block}号楼{room}",
            f"{road} {number} 弄 {block} 号 {room} 室",
        )
    )


def record_number(random: Random) -> str:
    kinds = (
        lambda: digits(random, 6),
        lambda: digits(random, 8),
        lambda: digits(random, 10),
        lambda: "ZY" + digits(random, 8),
        lambda: "M" + digits(random, 7),
        lambda: "00" + digits(random, 6),
    )
    return random.choice(kinds)()


def name(random: Random) -> str:
    return random.choice(NAMES)


IDENTIFIERS: dict[str, tuple[int, Writer]] = {
    "resident_id": (420, resident_id),
    "resident_id_old": (80, resident_id_old),
    "mobile": (420, mobile),
    "landline": (130, landline),
    "bank_card": (200, bank_card),
    "insurance_card": (140, insurance_card),
    "passport": (80, passport),
    "permit": (70, permit),
    "residence_permit": (70, residence_permit),
    "email": (90, email),
    "wechat": (60, wechat),
    "plate": (60, plate),
    "address": (100, address),
    "record_number": (80, record_number),
}


# Disguises.


def _full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def han(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def _round_han(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _spoken(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "零幺二三四五六七八九"))


def _half_han(text: str) -> str:
    middle = len(text) // 2
    return text[:middle] + han(text[middle:])


def _invisible(text: str) -> str:
    middle = len(text) // 3
    return text[:middle] + "\u200b" + text[middle : 2 * middle] + "\u200d" + text[2 * middle :]


def _small_x(text: str) -> str:
    return text.replace("X", "x")


def _spread(text: str) -> str:
    return " ".join(text)


DISGUISES: tuple[Callable[[str], str], ...] = (
    _full_width, han, _round_han, _spoken, _half_han, _invisible, _small_x, _spread
)  # fmt: skip


def _in_groups(random: Random, number: str, *shapes: tuple[int, ...]) -> str:
    """Half plain, a quarter in groups, a quarter disguised."""
    draw = random.random()
    if draw < 0.5:
        return number
    if draw < 0.75:
        groups, at = [], 0
        for size in random.choice(shapes):
            groups.append(number[at : at + size])
            at += size
        return random.choice((" ", "-", " ", "－", "–")).join(group for group in groups if group)
    return random.choice(DISGUISES)(number)
