"""Numbers that only a word beside them gives away: 医保卡号…, 住院号…, 护照…, 微信….

Between the word and the number stand only words that belong there (号码, 是, ：), so that
"住院号在哪里查，花了15000元" holds none. Cards, records and permits have no check digit that
one could test, and their lengths differ from city to city.
"""

import re
from collections.abc import Iterator

from askdoc.privacy.digits import DIGIT, plain_digits
from askdoc.privacy.found import Found
from askdoc.privacy.kinds import Kind

# Kind, fewest letters and digits, Chinese words, English words.
_CUES: tuple[tuple[Kind, int, str, str], ...] = (
    (
        "identity",
        7,
        "身份证明?|身分证|居民证|证件号|证号|护照|回乡证|返乡证|台胞证|通行证|永久?居留?(?:身份)?证"
        "|居留(?:身份)?证|居住证|五星卡|军官证|士兵证|出生证明?|驾驶证|签证",
        "sfz|passport|residence (?:permit|card)|id(?: card)?(?= ?(?:no|num|is|:|#))"
        "|identity (?:card|number)|(?:travel|entry) permit|hkid",
    ),
    (
        "card",
        6,
        "(?:医保|社保|社会?保障|医疗保险|参保|敬老|市民|保障|健康)(?:证|卡|账户)|个人编号"
        "|(?:医保|社保|医疗保险|社会保障|保险)(?:个人)?(?:号|编号|编码)|参保(?:人)?(?:号|编号)"
        "|保单号|卡号|银行卡|储蓄卡|信用卡|借记卡|[账帐]号|账户|工资卡|存折|[工农建中交招]行卡",
        "(?:medical |health )?insurance (?:card|number|no)|social security|card (?:no|num)"
        "|bank card|account (?:no|num)",
    ),
    (
        "record",
        4,
        "病历(?:本|卡)?号?|病案号?|住院号?|门诊(?:病历|病案|卡)?号|(?:门诊|诊疗|住院)卡|急诊号|就诊(?:卡|号|证)"
        "|登记号|(?:患者|病人)(?:编号|号|id)|(?:检查|标本|条码|影像|体检|处方|床头卡)号",
        "medical record|record (?:no|num)|mrn|patient (?:id|no|num)|admission (?:no|num)",
    ),
    ("account", 5, "扣扣", "qq"),
    (
        "phone",
        7,
        "电话|座机|固话|手机|联系方式|传真",
        "phone|tel|telephone|mobile|cell|fax|call me at",
    ),
)
_FILLER = (
    r"(?:[\s:：=,，(（\"“「'\[【#>\-—.]|号码|编号|卡号|编码|号|码|应该|就|是|为|写的|显示|上面"
    r"|登记的?|如下|的|叫|这个|尾号?|numbers?|num\b|no\b|card|is|was){0,8}+"
)
# What stands behind a number that counts something.
_UNIT = (
    r" ?(?:[元块万亿%％天岁年月日号床楼层次个盒片瓶支粒人位期条张折倍页]|mg|ml|kg|rmb|yuan"
    r"|小时|分钟|多元|余元)"
)
_TOKEN = re.compile(rf"[A-Za-z]{{0,4}}+{DIGIT}(?:[A-Za-z]?{DIGIT})*+(?:[A-Za-z](?![A-Za-z]))?")
_GROUP = re.compile(rf"[ \-–—_/]{{1,2}}({DIGIT}+[A-Za-z]?)(?![A-Za-z0-9])")
_IS_COUNT = re.compile(_UNIT)
_HOTLINE = re.compile(r"(?:400|800)[0-9]{7}|95[0-9]{3,6}|1[0-9]{2,4}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")
_MOST = 30
_OWNER = r" ?[(,，]? ?(?:这?就?是|为)?(?:我妈|我爸|本人|患者|病人|[我他她您])?的? ?"
_WORDS = tuple(
    (kind, least, f"(?:{han}|(?<![A-Za-z0-9])(?:{latin}))") for kind, least, han, latin in _CUES
)
_AHEAD = tuple(
    (kind, least, re.compile(words + _FILLER, re.IGNORECASE)) for kind, least, words in _WORDS
)
_BEHIND = tuple(
    (kind, least, re.compile(f"{_OWNER}{words}(?!{_FILLER}[0-9])", re.IGNORECASE))
    for kind, least, words in _WORDS
)
_LONE = re.compile(r"(?<![A-Za-z0-9.,])[A-Za-z]{0,3}[0-9]{7,18}(?![A-Za-z0-9.])")


def find_cued_numbers(text: str) -> Iterator[Found]:
    """Numbers behind or before a word that says whose they are, in a normalised text."""
    for kind, least, ahead in _AHEAD:
        for match in ahead.finditer(text):
            end = _token_end(text, match.end(), least)
            if end and not _is_public(kind, text[match.end() : end]):
                yield _found(text, kind, match.end(), end)
    for lone in _LONE.finditer(text):
        for kind, least, behind in _BEHIND:
            is_long = lone.end() - lone.start() >= least
            if is_long and behind.match(text, lone.end()) and not _is_public(kind, lone[0]):
                yield _found(text, kind, lone.start(), lone.end())
                break


def _found(text: str, kind: Kind, start: int, end: int) -> Found:
    return Found(kind, start, end, plain_digits(text[start:end]).upper(), 2)


def _token_end(text: str, start: int, least: int) -> int:
    """Where the number that begins here ends, groups taken together; 0 when it counts something."""
    first = _TOKEN.match(text, start)
    if not first or first.end() - start > _MOST:
        return 0
    end = first.end()
    while True:
        group = _GROUP.match(text, end)
        is_whole = end - start >= least and first.end() - start > 4 and text[end : end + 1] != "-"
        if not group or is_whole or group.end() - start > _MOST:
            break
        if _IS_COUNT.match(text, group.end()):
            break
        end = group.end()
    # A number that counts something is not told from one that a word like 年 happens to follow.
    if end - start < least or (end - start < 10 and _IS_COUNT.match(text, end)):
        return 0
    return 0 if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit() else end


def _is_public(kind: Kind, token: str) -> bool:
    """Hotlines are everybody's, and a day behind 电话 or 住院 is a day."""
    digits = plain_digits(token)
    if _DAY.fullmatch(digits) and kind in ("phone", "record"):
        return True
    return kind == "phone" and _HOTLINE.fullmatch(digits) is not None
