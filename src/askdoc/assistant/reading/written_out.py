"""A message as it would be written out: short forms, and pauses of run-on speech.

The reader's grammars lean on signs and whole words; those who dictate give no signs, and those in
a hurry give no words ("乙350@20%"). What a reader would not guess: text that is written out stays,
apart from numbers that the person took back in the same breath.
"""

import re
from collections.abc import Callable

from askdoc.assistant.reading.second_thoughts import without_first_thoughts
from askdoc.assistant.reading.spoken_numbers import DIGITS, HAN, NUMBER, ONES, UNIT

_END = r"(?=[，。,;；、？?()（） ]|$)"

# 甲, 乙 and 丙 for a class of the catalogue, beside an amount or what is left of one.
_CLASS_BEFORE = re.compile(rf"(?<![一二三两0-9市])([甲乙丙])(?= ?药?(?:{DIGITS}|{HAN}))")
_CLASS_BEHIND = re.compile(
    rf"((?:{NUMBER}{UNIT}|余下?|剩下?|其[余他它]|别的)(?:的|都|全部?|均|是|为|属)*"
    r"|(?<![安健齐])(?:全部?|都|均)(?:是|为|属)?)"
    rf"([甲乙丙])(?=[，。,;；、？?()（） ]|$|先|自付|付|掏)"
)
# A spoken amount that runs into a class or a grade: 七百二甲类, 九百五三甲, 三百三级医院.
_SPOKEN = rf"(?<![第分])[{ONES}1-9][百千万]"
_BEFORE_CLASS = re.compile(rf"({_SPOKEN}[一二三四五六七八九])(?=[甲乙丙]类)")
# Without a word for a place, 三百二甲 is 320 of class A.
_BEFORE_GRADE = re.compile(
    rf"({_SPOKEN}(?:[一二三四五六七八九](?=[二三][甲乙](?!类))|[一二三四五六七八九]?"
    r"(?=[一二三]级(?!别|(?:医院)?(?:各|分别|哪))|[一二]档|[二三][甲乙](?:的|医院|门诊|住院))))"
)
# A share beside an amount of class B is what is paid of it first.
_SHARE_BESIDE = re.compile(
    rf"(乙类药?{NUMBER}{UNIT})(?: ?@ ?| ?[(（] ?| )([0-9.]+ ?%)[)）]?(?! ?报)"
)
_SHARE_AT = re.compile(rf"(乙类药?{NUMBER}{UNIT}) ?@ ?([0-9]{{1,2}})(?![0-9.]| ?[%元块])")


def _levels(found: re.Match[str]) -> str:
    """Levels of hospitals in one breath: level 1, 2 or 3."""
    first, second, word, last = found.groups()
    numbers = [number for number in (first, second) if number]
    return ", ".join(f"level {number}" for number in numbers) + f" {word} level {last}"


_SHORT_FORMS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=[0-9百千万十])个?蚊"), "元"),
    (re.compile(r"(用|花|付|扣)了([完光])"), r"\1\2了"),
    (re.compile(r"起付(?![线标段额金点后])"), "起付线"),
    # Tiers in one breath: 一二三级医院.
    (re.compile(r"(?<![第十])([一二])[、/]?([二三])[、/]?(三)级"), r"\1级、\2级、\3级"),
    (
        re.compile(r"(?<![第十一二级、])([一二])[、/]?([二三])级(?=医院|各|分|哪|要|的)"),
        r"\1级、\2级",
    ),
    (re.compile(rf"(?:(?<=[0-9零〇一二三四五六七八九]年)|(?<=已)|(?<=早))退{_END}"), "退休"),
    (re.compile(r"^退了?[。！!]?$"), "退休了"),
    # An active ingredient says nothing of who works.
    (re.compile(r"\bactive (?=ingredient|substance|compound|component)", re.I), ""),
    # A stay: 住了一回, 住北京三甲.
    (re.compile(r"住了(?=[一两二三四五六七八九十半几\d]+(?:回|次|趟|遭))"), "住院了"),
    (
        re.compile(
            r"(?<![居入家])住(?=在?[^，。；住院过了房家 0-9]{2,5}(?:[二三]甲|[一二三]级)"
            r"(?!医院?(?:旁|对|附|边)))"
        ),
        "住院",
    ),
    (re.compile(r"(?<=[0-9元块全都])系"), "是"),
    # A label with its value: 总费用：1460, 起付线：已满.
    (
        re.compile(
            r"(?<=费用|总额|总价|金额|合计|自费|[甲乙丙]类|录外|付线|账户|余额|自付|[上这本前]次)"
            rf"[：:] ?(?=¥?{DIGITS}|{HAN}|已|未|无|空)"
        ),
        "",
    ),
    # In brackets too, the state of the year belongs to the clause before.
    (re.compile(r"[（(]([^()（）]{0,6}(?:起付|账户|帐户)[^()（）]{0,12})[)）]"), r"，\1，"),
    (
        re.compile(rf"({DIGITS}(?: yuan| rmb)?), (?=all (?:of (?:it|them) )?class [ab]\b)", re.I),
        r"\1 ",
    ),
    (
        re.compile(r"\blevels? ?([123])(?:,? ?([123]))?,? ?(and|or|versus|vs) ([123])\b", re.I),
        _levels,
    ),
    # A part before its whole: 600 of the 3,000 was class B; letters for classes; labels.
    (
        re.compile(
            rf"(?<![0-9.,])(?<!paid )(?<!pay )(?<!pays )({DIGITS}(?: yuan| rmb)?)"
            r"(?: out of(?: the| a| an| my| his| her)?"
            r"| of (?:the|a|an|my|his|her|that|this|our|their)) "
            r"(?:(?:whole|total|entire|bill|sum|invoice)(?: of)? )*"
            rf"({DIGITS}(?: yuan| rmb)?)(?: (?:yuan|rmb|bill|total|invoice)\b)*"
            r"(?![0-9.,]*\d| (?:(?:yearly|annual) )?(?:deductible|threshold))",
            re.I,
        ),
        r"total \2, \1 of it",
    ),
    (re.compile(rf"({DIGITS}(?: yuan)?) (?:of )?([AB])(?=[,;.)]|$| and\b)"), r"\1 class \2"),
    (
        re.compile(
            r"(\b(?:class [ab]|off[- ](?:catalogue|list)|self[- ]paid|total|bill|negotiated)): ?"
            rf"(?=¥?{DIGITS})",
            re.I,
        ),
        r"\1 ",
    ),
    (re.compile(rf"(?<=\bbills of )({DIGITS}(?: yuan| rmb)?) each\b"), r"\1"),
)
# An amount stands apart from what was paid of it, and from its parts: 400付100, 600其中自费200.
_PAID = re.compile(
    r"(?<=[0-9元块类满完光用动费了的十百千万两三四五六七八九kKwW]) ?"
    r"(?=(?:却?(?:叫|喊|让|收)?(?:我|她|他|伊|自己|个人|本人)*(?:只|全|要)*(?:(?:实|自|支)?付"
    r"|掏)|(?:我|喊我|叫我)出)了?"
    rf" ?{NUMBER}(?![0-9.]|[kKwW]?[0-9]* ?%|成|分之|个点))"
)
_PARTS = re.compile(
    rf"(?<=[0-9元块十百千万kKwW])(?=(?:其中|里面|包括|内含)|但?有{NUMBER}{UNIT}(?:[是的]|自费"
    rf"|乙类))"
)
_PAID_EN = re.compile(r"(?<=[a-z0-9])(?:,| and)? (?=(?:i|we|she|he) (?:only )?paid )", re.I)
# What comes right behind "this time" is its whole, where no other time is told: 此次4.8万.
_THIS_TIME = re.compile(
    rf"((?:[这此本今][次回趟]|这一[次回趟])(?:的费用|账单|看病|门诊|住院)?)(?:又|是|要|：|:| )*"
    rf"(?={NUMBER}{UNIT}(?:[，。,;；、() ]|$|[全都甲乙丙其里自]))"
)
_OTHER_BILL = re.compile(
    r"上一?[次回趟个张]|前一?[次回趟]|头一?[次回趟张](?!住)|上周|之前那|last (?:time|bill)"
)
# Where a stretch without any sign is speech, and how long it is at least.
_STRETCH = re.compile(r"[^，。；！？,;!?\n、:：()（） ]{18,}")
_SPEECH = re.compile(r"[\u4e00-\u9fff]{9}")
_SOFT = r"[了的]*[呀啊哦哈啦咯喽呢]?"
# A pause before each of these …
_PAUSE_BEFORE = re.compile(
    r"(?<=..)(?<![，。过满和及])(?:"
    r"(?:今年|当年|门诊|住院|五百|三百)?的?(?:起付线|起付标准|门槛费)"
    r"|(?<!个人)(?<!当年)(?<!今年)(?<!医保)(?:当年|今年|个人|医保)*(?:账户|帐户|卡里)"
    r"|(?<![其里当])(?:其中|里头|里面|里厢|里边|当中)"
    r"|(?:其他|其它|其余|剩下|余下|剩的|别的)(?!的?病)"
    r"|(?:一共|总共|总价|总费用|合计|共计|总归)(?=.{0,3}?[0-9一二两三四五六七八九十])"
    rf"|(?<!其中)(?<!里头)(?<!里面)(?<!里厢)(?<!里边)(?<!当中)(?<![是有次回趟月张])"
    rf"(?:[甲乙丙]类(?:的|药品?)*|自费(?:的|药|项目)*|目录外的?|(?:医保)?不(?:认|给报|能报|报)的)"
    rf"[有是花了]*(?={NUMBER}(?!成|分之))"
    r")"
)
# … and one behind these.
_PAUSE_BEHIND = (
    re.compile(
        r"((?:起付线|起付标准|门槛费)[^，。 ]{0,12}?"
        rf"(?:(?:满|完|光|过|没用过?|未用过?|没动过?|没有用过?|尚未使用)(?=了|的)|没用过|没动过|"
        rf"(?:满|完|光)(?!{NUMBER}|了|的)){_SOFT})(?=[^，。 了])"
    ),
    re.compile(
        r"((?:账户|帐户|卡里)[^，。 0-9]{0,8}?"
        rf"(?:没有?(?:钱|余额|钞票|了)|空|为?零|用[完光]){_SOFT})(?=[^，。 了])"
    ),
    re.compile(
        r"((?:没有?|未|已经?)(?:签过?约过?|签过?家庭医生"
        r"|签家医)[了的]*(?:也没转诊的?)?)(?=[^，。 过])"
    ),
)


def written_out(text: str) -> str:
    """A normalised message in common speech with whole words and pauses."""
    text = _BEFORE_GRADE.sub(r"\1元，", _BEFORE_CLASS.sub(r"\1元", text))
    for pattern, form in _SHORT_FORMS:
        text = pattern.sub(form, text)
    text = without_first_thoughts(text)
    if not _OTHER_BILL.search(text):
        text = _THIS_TIME.sub(r"\1总共", text)
    text = _CLASS_BEFORE.sub(r"\1类", text)
    text = _CLASS_BEHIND.sub(r"\1\2类", text)
    text = _SHARE_AT.sub(r"\1@\2%", text)
    text = _SHARE_BESIDE.sub(r"\1先付\2", text)
    text = _PARTS.sub("，", _PAID.sub("，", _PAID_EN.sub(", ", text)))
    return _STRETCH.sub(lambda stretch: _with_pauses(stretch[0]), text)


def _with_pauses(stretch: str) -> str:
    if not _SPEECH.search(stretch):
        return stretch
    for behind in _PAUSE_BEHIND:
        stretch = behind.sub(r"\1，", stretch)
    return _PAUSE_BEFORE.sub(lambda word: "，" + word[0], stretch)
