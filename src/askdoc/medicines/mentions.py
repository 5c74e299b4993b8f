"""The medicines that a free text speaks of, with where.

Chinese puts no blanks between words, so that a known name may be the half of an unknown one.
What a reader would not guess: where letters of a name touch a mention (恩格列净 behind
二甲双胍, 罗 before 红霉素), the whole run is one name, and it resolves to nothing unless it is
known itself.
"""

import re
from dataclasses import dataclass

from askdoc.medicines.catalogue import CatalogueOnDay
from askdoc.medicines.codes import is_code
from askdoc.medicines.fold import Folded, fold_text
from askdoc.medicines.resolve import Resolution, resolve
from askdoc.medicines.shelf import Shelf

_FARTHEST = 10
_LOOKED_BACK = 20
_SHORT_STEM = 2
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
_CODE = re.compile(r"(?<![a-z0-9])[xz][a-z0-9]{9,22}(?![a-z0-9])")
_LATIN_LETTER = re.compile(r"[a-z0-9]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BEHIND = re.compile(
    r"\([^()]{1,20}\)|#\d+[ab]?型?|\d+(?:\.\d+)?(?:mg|g|μg|ml|毫克|微克|毫升|克)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One medicine in a text: `span` counts in the original, `text` is what stands there."""

    span: tuple[int, int]
    text: str
    resolution: Resolution


def find_mentions(text: str, on: CatalogueOnDay) -> tuple[Mention, ...]:
    """All mentions from left to right, without overlap; the longest name wins."""
    folded = fold_text(text)
    found: list[Mention] = []
    at = free = 0
    while at < len(folded.text):
        span = _code_at(folded.text, at) or _name_at(folded.text, at, on.shelf)
        run = span and _whole_run(folded.text, free, *span, on)
        if run is None:
            at += 1
            continue
        found.append(_mention(text, folded, *run, on))
        at = free = run[1]
    return tuple(found)


def _mention(text: str, folded: Folded, start: int, end: int, on: CatalogueOnDay) -> Mention:
    span = (folded.starts[start], folded.ends[end - 1])
    said = text[slice(*span)]
    return Mention(span, said, resolve(said, on))


def _code_at(text: str, at: int) -> tuple[int, int] | None:
    found = _CODE.match(text, at)
    return (at, found.end()) if found and is_code(found[0].upper()) else None


def _name_at(text: str, at: int, shelf: Shelf) -> tuple[int, int] | None:
    """The longest known name that begins here, at word boundaries where it is Latin."""
    for length in shelf.surfaces.get(text[at : at + 2], ()):
        name = text[at : at + length]
        if shelf.knows(name) and not _is_cut(text, at, at + len(name)):
            return at, at + len(name)
    return None


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter beside the name belongs to the same word."""
    return any(
        0 < edge < len(text)
        and _LATIN_LETTER.match(text[edge - 1])
        and _LATIN_LETTER.match(text[edge])
        for edge in (start, end)
    )


def _whole_run(
    text: str, free: int, start: int, end: int, on: CatalogueOnDay
) -> tuple[int, int] | None:
    """The mention with its salt, form and qualifiers, and with letters that continue it.

    `free` is where the text behind the last mention begins. None when the letters are an
    ordinary word here: the name of a condition, or a short stem without its form.
    """
    shelf = on.shelf
    if not _HAN.search(text[start:end]):
        return start, _with_latin_form(text, end, shelf)
    name = text[start:end]
    front = _front(text, free, start, on)
    back, has_form = _with_back(text, end, shelf)
    if not has_form and shelf.forms.ends_in_form(name) is None:
        back = _with_unknown_rest(text, back, shelf)
        if back == end and front == start and _is_ordinary_word(name, on):
            return None
    return front, back


def _is_ordinary_word(name: str, on: CatalogueOnDay) -> bool:
    if on.shelf.is_whole_name(name):
        return False
    if len(name) <= _SHORT_STEM and name in on.shelf.stems_of_products:
        return True
    return any(on.conditions.recognise(name[at:]) for at in range(len(name) - 1))


def _front(text: str, free: int, start: int, on: CatalogueOnDay) -> int:
    """Where the name begins, with what belongs to it in front."""
    before = text[max(free, start - _LOOKED_BACK) : start]
    for word in (*on.shelf.forms.prefixes, *on.shelf.salts.prefixes):
        if before.endswith(word):
            return _front(text, free, start - len(word), on)
    if found := _NAME_BEGINNINGS.search(before):
        return _front(text, free, start - len(found[0]), on)
    if not before or not _HAN.match(before[-1]) or before[-1] in _BEFORE:
        return start
    if any(on.conditions.recognise(before[at:]) for at in range(len(before))):
        return start
    run = start
    while run > free and start - run < _FARTHEST and not _STOP.match(text[run - 1]):
        run -= 1
    return run


def _with_back(text: str, end: int, shelf: Shelf) -> tuple[int, bool]:
    """The end behind salts, forms and qualifiers, and whether a form stood there."""
    has_form = False
    while True:
        past_form = shelf.forms.at(text, end)
        if past_form > end:
            end, has_form = past_form, True
        elif found := _BEHIND.match(text, end):
            end = found.end()
        elif not has_form and (salt := _salt_at(text, end, shelf)):
            end += len(salt)
        else:
            return end, has_form


def _salt_at(text: str, at: int, shelf: Shelf) -> str:
    return next((word for word in shelf.salts.suffixes if text.startswith(word, at)), "")


def _with_unknown_rest(text: str, end: int, shelf: Shelf) -> int:
    """The end of a longer name: up to a form, a name that touches, or letters that continue."""
    if known := _name_at(text, end, shelf):
        return _with_back(text, known[1], shelf)[0]
    for at in range(end, min(len(text), end + _FARTHEST)):
        if _STOP.match(text[at]):
            break
        past = shelf.forms.at(text, at)
        if past > at > end:
            return _with_back(text, past, shelf)[0]
    run = end
    while found := _CONTINUES.match(text, run):
        run = found.end()
    return run


def _with_latin_form(text: str, end: int, shelf: Shelf) -> int:
    for word in shelf.forms.english_longest_first:
        past = end + 1 + len(word)
        if (
            text.replace("-", " ").startswith(f" {word}", end)
            and not text[past : past + 1].isalnum()
        ):
            return past
    return end
