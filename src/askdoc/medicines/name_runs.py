"""How far a name reaches in a text: from a known name to the whole run of letters around it.

What a reader would not guess: where letters of a name touch a known one (恩格列净 behind
二甲双胍, 罗 before 红霉素), the whole run is one name, and it resolves to nothing unless it is
known itself. Only an ordinary word of a closed list, a blank or a sign ends the run.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.resolve import resolve

_FARTHEST = 10
_LOOKED_BACK = 20
_SHORT_STEM = 2
# A brand of so many letters is whole: makers register none that ends in another's.
_WHOLE_BRAND = 3
_LONGEST_CONDITION = 8
_LONGEST_WORD = 5
# Letters after which a name may begin: ends of the words that people write before one.
_BEFORE = frozenset(
    "的了吗呢吧啊么我你您他她它们这那哪就还也都把被让给到从想要说问看能可以请帮叫做吃服打买卖开换停配拿领"
    "报销付花贵便宜和与跟及或加是不没有在多少几钱元块次天年月周盒瓶支每用药类外内费者生妈爸爷奶姐哥弟妹女"
    "老公婆友人家里中后前时着过得为对查找求含喝保录险院师区市种个名号款品牌于如像比较替代改成续入射涂抹吸滴"
    "该需量日早晚午饭诉道下上取订门诊病症压糖脂炎癌片粒丸液囊针剂膏"
)
# Words that stand around names in sentences; they end a run of name letters.
_STOP = re.compile(
    r"[我你您他她它们的了吗呢吧啊么这那哪就还也都把被让给到从想要说问看能可以请帮叫做吃服打买卖开换停配拿领"
    r"报销付花贵便宜和与跟及或加是不没有在多少几钱元块次天年月周盒瓶支每医属]|[^\u3400-\u9fffa-z0-9αβγω#]"
)
# Letters that, right behind a name, make it another one: 天麻素, 泼尼松龙, 鼻炎康.
_CONTINUES = re.compile(
    r"[a-zαβγω]|[素龙酯钠钾钙镁锌铋银铵醇肽碱酸胺酮糖单净胍汀坦韦胆静盐]|二(?=酸)"
    r"|(?:宁(?!可)|康(?!复)|灵(?![吗不])|舒(?!服)|通(?!过|常)|安(?!全|排)|清(?!楚|单)|乐(?!意))"
)
_NAME_BEGINNINGS = re.compile(
    r"(?:左旋|右旋|左|右|艾司|复方|小儿|儿童|去甲|去氧|异|低分子|重组人|重组|人|精蛋白锌|精蛋白|聚乙二醇"
    r"|乙酰|氢化|冻干)$"
)
# 1毫克 in front of a name is no part of it.
_DOSE = re.compile(r"\d(?:mg|g|μg|ml|毫克|微克|毫升|克)$")
_LATIN_LETTER = re.compile(r"[a-z0-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BEHIND = re.compile(
    r"\((?P<inside>[^()]{1,20})\)|#\d+[ab]?型?"
    r"|\d+(?:\.\d+)?(?:mg|g|μg|ml|毫克|微克|毫升|克)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A folded text; `blanks` are the places in front of which a blank stood.

    `names_another` says whether a span, the inside of brackets, holds a name of its own.
    """

    text: str
    blanks: frozenset[int]
    on: CatalogueOnDay
    names_another: Callable[[int, int], bool]


def name_at(page: Page, at: int) -> tuple[int, int] | None:
    """The longest known name that begins here, at word boundaries where it is Latin.

    Two names with a blank between are not the name that they would be without it.
    """
    shelf = page.on.shelf
    for length in shelf.surfaces.get(page.text[at : at + 2], ()):
        end = at + length
        name = page.text[at:end]
        if not shelf.knows(name) or _is_cut(page.text, at, end):
            continue
        halves = (blank for blank in range(at + 1, end) if blank in page.blanks)
        if _ends_a_word(page, at) and name_at(page, at + 1):
            return None
        if any(
            shelf.knows(page.text[at:blank]) and shelf.knows(page.text[blank:end])
            for blank in halves
        ):
            continue
        return at, at + len(name)
    return None


def whole_run(page: Page, free: int, start: int, end: int) -> tuple[int, int] | None:
    """The mention with its salt, form and qualifiers, and with letters that continue it.

    `free` is where the text behind the last mention begins. None when the letters are an
    ordinary word here: the name of a condition, or a short stem without its form.
    """
    if not _HAN.search(page.text[start:end]):
        return start, _behind_latin(page, start, end)
    name = page.text[start:end]
    front = _front(page, free, start, end)
    back, has_form = _with_back(page, front, end)
    if not has_form and page.on.shelf.forms.ends_in_form(name) is None:
        back = _with_unknown_rest(page, front, back)
        if back == end and front == start and _is_ordinary_word(name, page.on):
            return None
    return front, back


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter beside the name belongs to the same word."""
    return any(
        0 < edge < len(text)
        and _LATIN_LETTER.match(text[edge - 1])
        and _LATIN_LETTER.match(text[edge])
        for edge in (start, end)
    )


def _ends_a_word(page: Page, at: int) -> bool:
    """Whether the letter is the end of an ordinary word: 病人 before 胰岛素."""
    found = page.on.shelf.forms.around.before.search(page.text[max(0, at - _LONGEST_WORD) : at + 1])
    return found is not None and len(found[0]) > 1


def _is_ordinary_word(name: str, on: CatalogueOnDay) -> bool:
    if on.shelf.is_whole_name(name):
        return False
    if len(name) <= _SHORT_STEM and name in on.shelf.stems_of_products:
        return True
    return any(on.conditions.recognise(name[at:]) for at in range(len(name) - 1))


def _front(page: Page, free: int, start: int, end: int) -> int:
    """Where the name begins, with what belongs to it in front."""
    before = page.text[max(free, start - _LOOKED_BACK) : start]
    shelf = page.on.shelf
    for word in (*shelf.forms.prefixes, *shelf.salts.prefixes):
        if before.endswith(word):
            return _front(page, free, start - len(word), end)
    if shelf.forms.around.before.search(before) or _DOSE.search(before):
        return start
    if found := _NAME_BEGINNINGS.search(before):
        return _front(page, free, start - len(found[0]), end)
    if not before or not _HAN.match(before[-1]) or before[-1] in _BEFORE:
        return start
    if any(page.on.conditions.recognise(before[at:]) for at in range(len(before))):
        return start
    if end - start >= _WHOLE_BRAND and shelf.knows_brand(page.text[start:end]):
        return start
    return _start_of_unknown(page, free, start)


def _start_of_unknown(page: Page, free: int, start: int) -> int:
    """Where letters begin that make the name another one; `start` when a blank parts them."""
    run = start
    while run > free and start - run < _FARTHEST and not _STOP.match(page.text[run - 1]):
        if run in page.blanks and (run < start or not _is_single(page, run - 1)):
            return run
        if page.on.shelf.forms.around.before.search(
            page.text[max(free, run - _LONGEST_WORD) : run]
        ):
            return run
        run -= 1
    return run


def _is_single(page: Page, at: int) -> bool:
    """Whether a letter stands alone: 罗 红霉素 is one name with a slip."""
    return at == 0 or at in page.blanks or _STOP.match(page.text[at - 1]) is not None


def _is_single_behind(page: Page, at: int) -> bool:
    """Whether a letter alone, or alone before a form, stands behind a blank: 泼尼松 龙片."""
    if not _HAN.match(page.text[at]):
        return False
    past = at + 1
    ends = past == len(page.text) or past in page.blanks or _STOP.match(page.text[past])
    return bool(ends) or page.on.shelf.forms.at(page.text, past) > past


def _with_back(page: Page, start: int, end: int) -> tuple[int, bool]:
    """The end behind salts, forms and qualifiers, and whether a form stood there."""
    has_form = False
    while True:
        past_form = _past_form(page, end)
        if past_form > end:
            end, has_form = past_form, True
        elif found := _BEHIND.match(page.text, end):
            if found["inside"] and not _takes(page, start, end, found):
                return end, has_form
            end = found.end()
        elif not has_form and (salt := _salt_at(page, end)):
            end += len(salt)
        else:
            return end, has_form


def _past_form(page: Page, at: int) -> int:
    """Where the form at `at` ends; `at` when there is none, or a longer word (针头)."""
    forms = page.on.shelf.forms
    past = forms.at(page.text, at)
    word = forms.around.behind.match(page.text, at)
    return at if word and word.end() > past else past


def _takes(page: Page, start: int, end: int, bracket: re.Match[str]) -> bool:
    """Whether the bracket belongs to the name: it describes it, or nobody knows what it says."""
    if resolve(page.text[start:end], page.on).kind == "none":
        return True
    return not page.names_another(*bracket.span("inside"))


def _salt_at(page: Page, at: int) -> str:
    words = page.on.shelf.salts.suffixes
    return next((word for word in words if page.text.startswith(word, at)), "")


def _with_unknown_rest(page: Page, start: int, end: int) -> int:
    """The end of a longer name: up to a form, a name that touches, or letters that continue."""
    if end in page.blanks and not _is_single_behind(page, end):
        return end
    if end not in page.blanks and (known := name_at(page, end)):
        return _with_back(page, start, known[1])[0]
    if _ends_before(page, end):
        return end
    for at in range(end, min(len(page.text), end + _FARTHEST)):
        if at in page.blanks or _STOP.match(page.text[at]) or _ends_before(page, at):
            break
        past = _past_form(page, at)
        if past > at > end:
            return _with_back(page, start, past)[0]
    run = end
    while found := _CONTINUES.match(page.text, run):
        run = found.end()
    return run


def _ends_before(page: Page, at: int) -> bool:
    """Whether an ordinary word or a condition begins here."""
    if page.on.shelf.forms.around.behind.match(page.text, at):
        return True
    return any(
        page.on.conditions.recognise(page.text[at : at + length])
        for length in range(2, _LONGEST_CONDITION)
    )


def _behind_latin(page: Page, start: int, end: int) -> int:
    """The end of a Latin name with its form in either language."""
    forms = page.on.shelf.forms
    for word in forms.english_longest_first:
        past = end + 1 + len(word)
        if page.text.startswith(f" {word}", end) and not page.text[past : past + 1].isalnum():
            return past
    return _with_back(page, start, end)[0] if forms.at(page.text, end) > end else end
