"""Personal names in Chinese, each found by what stands beside it.

How much a name must look like one depends on the word that announces it: behind 姓名： nearly
anything is a name, behind 我妈 only a surname with letters that given names are written with
(我妈高血压). A name without any such word is found only when the conversation knows it already.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Literal

from askdoc.privacy.found import Found
from askdoc.privacy.name_book import NameBook, name_book

Trust = Literal["sure", "likely"]

_SURE = re.compile(
    r"(?:我叫|名叫|叫做|名字叫|名字是|名字为|姓名|户名|署名|签名|落款|真名|全名|我的名字|名字(?=[:：])"
    r"|(?:联系|收件|收货|申请|参保|投保|被保险|持卡|经办|代办|就诊|被授权|委托|监护|受益|购药|取药)人|家属|本人|患儿|主诉人|[一-鿿]人(?=[:：]))"
    r"(?:姓名|名字|签名|签字)?(?:[ :：=]|是|为|叫)*"
)
_LIKELY = re.compile(
    r"患者|病人|病友|老人|用户|客户|居民|职工|户主|产妇|孕妇|伤者|死者|我是|这是|他是|她是|叫|姓名|医生|大夫|主任|医师|护士|教授|专家"
    r"|老师|院长|[男女](?=[一-鿿]{2,4}[,，])"
)
_LINK = re.compile(r"(?:[ :：,，(（“\"]|是|叫|名叫){0,2}")
_FRAMED = re.compile(r"[帮给替为陪带找请和跟约挂问由](?:我家|一下|了|个)?")
_FRAME_END = re.compile(
    r"(?:一下|个|来)?(?:配|挂|办|开|查|买|拿|取|预约|报|续|问|做|交|缴|申请|打|签|填|领|看病|的|约|转|代|绑|登记|参保)"
)
_POSSESSED = re.compile(
    r"的?(?:医保|社保|身份证|病历|报销|处方|药|手机|电话|住院|门诊|银行卡|账户|卡|检查|报告|缴费|参保|家属|儿子|女儿|老公|老婆|号码|退休)"
)
_BESIDE = re.compile(
    r"[,，、 /|:：;；]{0,2}(?:性别)?[:： ]?(?:[男女](?![一-鿿])|(?:今年)?[0-9]{1,3}(?:周?岁|y)"
    r"|身份证|证件号|手机|电话|联系电话|住院号|病历号|医保卡号|1[3-9][0-9]{9})"
)
_AFTER = re.compile(
    r"今年|今天|昨|前天|上周|上个|上月|下周|去年|先生|女士|小姐|阿姨|大[爷妈叔]|医生|主任|可以|可能"
    r"|来看|来配|来取|有高|有糖|有点|正在|同志|老师"
    r"|[的了是在和与跟要想去说吃住用能因得患已刚从到被让给也都就还又没不参办挂做看查报退转上下出入]"
    r"|[由现目这那怎什买打拿交缴预约配续申领签家身手电医社病高糖男女你我他她您吗呢吧啊]"
)
_BORDERED = re.compile(
    r"(?P<name>[一-鿿]{2,8}(?:[·•・‧][一-鿿]{2,8}){0,3})(?=[,，。;；:：!！?？()（）、\s/|0-9A-Za-z\"”]|$)"
)
_LINE = re.compile(r"(?P<dash>[-—–_ ]*)(?P<name>[一-鿿]{2,4})[ 。.]*")
_DOTTED = re.compile(r"[一-鿿]{2,8}[·•・‧][一-鿿]{2,8}")


def find_names(
    text: str, lines: Collection[tuple[int, int]], spare: Collection[str]
) -> Iterator[Found]:
    """Names in a normalised text; `lines` are the spans of its last lines, `spare` is no name."""
    book = name_book()
    for start, end in _spans(text, lines, book):
        name = text[start:end]
        if end > start and name not in spare and not _begins_spared(text, start, spare):
            yield Found("name", start, end, name, 1)


def _spans(
    text: str, lines: Collection[tuple[int, int]], book: NameBook
) -> Iterator[tuple[int, int]]:
    for match in _SURE.finditer(text):
        yield _named(text, match.end(), "sure", book)
    for pattern in (_LIKELY, _family(book)):
        for match in pattern.finditer(text):
            yield _named(text, _past_link(text, match.end()), "likely", book)
    for match in _FRAMED.finditer(text):
        yield _framed(text, match.end(), book)
    for match in _titles(book).finditer(text):
        yield _titled(text, match.start(), book)
    for match in _DOTTED.finditer(text):
        if book.is_given(re.sub(r"[·•・‧]", "", match[0])):
            yield match.span()
    yield from _clause_names(text, book)
    for start, end in lines:
        signed = _LINE.fullmatch(text, start, end)
        if signed and book.surname_at(text, signed.start("name"), True):
            yield _exact(text, *signed.span("name"), book)


def _past_link(text: str, at: int) -> int:
    link = _LINK.match(text, at)
    return link.end() if link else at


def _named(text: str, at: int, trust: Trust, book: NameBook) -> tuple[int, int]:
    """The name that begins here, as an empty span when none does."""
    none = (at, at)
    bordered = _BORDERED.match(text, at)
    if bordered and _is_bordered_name(bordered["name"], text, at, trust, book):
        return bordered.span("name")
    surname = book.surname_at(text, at, trust == "sure")
    if not surname or book.is_word(text, at):
        return none
    for given in (2, 1):
        end = at + surname + given
        letters = text[at + surname : end]
        if len(letters) < given or book.is_institution(text, end):
            continue
        if given == 2 and _AFTER.match(text, end - 1):
            continue
        if book.is_given(letters) or (trust == "sure" and book.could_be_given(letters)):
            return at, end
    return none


def _is_bordered_name(name: str, text: str, at: int, trust: Trust, book: NameBook) -> bool:
    """Whether what stands between a word and a comma is a name, of whatever people."""
    letters = re.sub(r"[·•・‧]", "", name)
    if book.is_word(text, at) or not book.could_be_given(letters[1:]):
        return False
    if letters != name:
        return True
    surname = book.surname_at(text, at, True)
    if surname and surname < len(name) <= surname + 2:
        return trust == "sure" or (book.surname_at(text, at) > 0 and book.is_given(name[surname:]))
    if trust == "sure":
        return book.is_given(name)
    return len(name) > 2 and book.transliterated.issuperset(name)


def _framed(text: str, at: int, book: NameBook) -> tuple[int, int]:
    """帮王秀英挂号: a name between a helping word and what is done for it."""
    for end in _ends(text, at, book):
        if _FRAME_END.match(text, end):
            return at, end
    return at, at


def _clause_names(text: str, book: NameBook) -> Iterator[tuple[int, int]]:
    """王秀英，女，65岁 and 王秀英的医保卡: names at the beginning of a clause."""
    for match in re.finditer(r"(?<![一-鿿])[一-鿿]", text):
        at = match.start()
        for end in _ends(text, at, book):
            if _BESIDE.match(text, end) or (
                text[end : end + 1] == "的" and _POSSESSED.match(text, end)
            ):
                yield at, end
                break


def _ends(text: str, at: int, book: NameBook) -> list[int]:
    """Where a name that begins here, written as names are, could end."""
    surname = book.surname_at(text, at)
    if not surname or book.is_word(text, at):
        return []
    ends = (at + surname + given for given in (2, 1))
    return [
        end
        for end in ends
        if end <= len(text)
        and book.is_given(text[at + surname : end])
        and not book.is_institution(text, end)
    ]


def _exact(text: str, start: int, end: int, book: NameBook) -> tuple[int, int]:
    surname = book.surname_at(text, start, True)
    letters = text[start + surname : end]
    is_name = 1 <= len(letters) <= 2 and book.is_given(letters) and not book.is_word(text, start)
    return (start, end) if is_name else (start, start)


def _titled(text: str, end: int, book: NameBook) -> tuple[int, int]:
    """The name before a title: the whole name if it looks like one, else the surname."""
    if text[end - 1 : end] == " ":
        end -= 1
    for size in (4, 3, 2):
        start = end - size
        surname = book.surname_at(text, start) if start >= 0 else 0
        if not surname or size - surname not in (1, 2) or book.is_word(text, start):
            continue
        if book.is_given(text[start + surname : end]):
            return start, end
    for size in (3, 2):
        start = end - size
        is_open = start >= 0 and book.surname_at(text, start) == 1
        rest = text[start + 1 : end]
        if (
            is_open
            and book.could_be_given(rest)
            and rest[-1] not in book.surnames
            and not book.is_word(text, start)
        ):
            return start, end
    return _surname_before(text, end, book)


def _surname_before(text: str, end: int, book: NameBook) -> tuple[int, int]:
    """张 in 张医生, 欧阳 in 欧阳医生; a preposition (于医生而言) is none."""
    if end >= 2 and text[end - 2 : end] in book.compound_surnames:
        return end - 2, end
    start = end - 1
    letter = text[start:end] if start >= 0 else ""
    is_name = letter in book.surnames - book.surnames_not_before_a_title
    return (start, end) if is_name and not book.is_word(text, start) else (end, end)


@cache
def _family(book: NameBook) -> re.Pattern[str]:
    words = "|".join(sorted(book.family, key=len, reverse=True))
    return re.compile(f"(?:{words})")


@cache
def _titles(book: NameBook) -> re.Pattern[str]:
    words = "|".join(sorted(book.titles, key=len, reverse=True))
    return re.compile(f" ?(?:{words})")


def _begins_spared(text: str, at: int, spare: Collection[str]) -> bool:
    return bool(spare) and any(text[at : at + size] in spare for size in range(2, 13))
