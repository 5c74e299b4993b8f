"""The name that a question about a medicine asks for, when no recorded name stands in it.

A name that ends in a dosage form is found anywhere; any other one only where a question of the
known kinds begins with it. What a reader would not guess: what is understood otherwise (places,
schemes, persons) is cut out first, so that 上海 in front of 能报 is never taken for a medicine.
"""

import re
from collections.abc import Iterator, Sequence

from askdoc.assistant.reading.amount_parts import CLAUSE
from askdoc.assistant.reading.reader import Surroundings
from askdoc.medicines import Mention, sound_of
from askdoc.medicines.forms import Forms

_NAME = re.compile(
    r"^(?i:请问|想问(?:一下)?|你好|您好|那个|这个|那|[吃用开买配][的了]?"
    r"|is |are |does |what about |can )*"
    r"(?P<name>[^\s].{1,29}?)\s*(?:这个药|这种药)?"
    r"(?:是不是|在不在|在|能不能|能|可以|可不可以|报不报|属于|算|是|进|有没有|有什么"
    r"| in the| on the| covered| reimbursed| reimbursable| be reimbursed)"
)
_PRICED = re.compile(
    r"^(?:请问|想问(?:一下)?|那个|这个|那)*(?P<name>[^\s年月天日次回花费要得打吃用做看买一每]{1,11}?"
    r"[^\s片丸散膏丹栓酊针水液汤锭饮费单])"
    r"(?:(?:[一每][盒片支瓶粒]|现在)?(?:多少钱|贵不贵|几块钱))"
)
# What a doctor wrote, or what is the first to be taken.
_PRESCRIBED = re.compile(
    r"(?:开了?|就用|直接用|首选|就吃|先用|上来就用|开的是?)(?P<name>[\u3400-\u9fff]{3,8})"
    r"(?=[，,。；;？?（( ]|$|能|医保|报)"
)
_NO_NAME = re.compile(
    r"到现|[进能在报属算是]不|我|您|你|他|她|它|这|那|什么|哪|怎么|多少|医保|报销|费用|花|总共|一共|看"
    r"|检查费|药费|帮|算|请教|咨询|i\b|it\b|my\b|how\b"
)
# Letters of talk that stand in no medicine's name.
_TALK = re.compile(
    r"[的了吗呢么着过得把被谁每另您咱们说听问请哪些此其该某均]|一[种个款样]|^[老小]\S$|参保|本人|医院|医生|药品|药名|药物|[甲乙丙]类|目录|报销|不同|区别|一样"
    r"|\b(?:whether|if|when|where|how|a|an|the|my|of|to|for|this|that|is|was)\b"
)
_KIND = re.compile(r"(?<!白)药$")
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z0-9αβγ-]")
_LONGEST = 16
# How many letters are compared by their sound, and which: 来的是 is no 来得时.
_LONGEST_HEARD, _SHORTEST_HEARD = 6, 3
_HEARD = re.compile(r"[^\W\da-zA-Z_的了是不我你他她们有在就都也还要说这那个一]+")
_SHORTEST_STEM = 2
# Forms of one letter that end names often enough to be told from other words.
_SHORT_FORMS = frozenset("片丸散膏丹栓酊针")
# These end so many other words that only a long stem makes a medicine of them.
_COMMON_FORMS = frozenset("水液汤锭饮")
_LONG_STEM = 3
# What follows a whole name; 丹 in 丹参 and 片 in 片区 end none.
_ENDS = re.compile(
    r"$|[^\u3400-\u9fff]"
    r"|[能可会在是不算属报这那有进入走要怎多贵和跟与或及也都还吗呢的了给用吃医自全国管行纳列"
    r"每早晚]|(?<!丹)[一二两三四五六七八九十半几]"
)
# Words in front of an unknown name that also stand in names, so only at the front of a run.
_AHEAD = re.compile(
    r"(?:一?种|[开配用打换滴贴涂抹喷输服]的|的|用|换|停|打|服|口服|喝|贴|擦|涂|那个|个|支|款|点|先"
    r"|再(?!造)|还|都|能|可以|今天|今年|昨天)"
)
# Persons that a name may begin with.
_CHILD = ("儿童", "小儿")
_AND = re.compile(r"[和跟与及或加、]")
# Letters at the end of a stem that count or point: 半片, 各一片, 哪种胶囊.
_COUNTS = re.compile(
    r"(?:[一两半几各每整种个多少的]|\d)$|^(?:药|的|中|西|小|大)+$"
    r"|^[一二三四五六七八九]?[十百][一二三四五六七八九十]?$"
)
_LATIN_NAME = re.compile(
    r"(?:\bcovers?|\breimburse|\bpays? for|\bclaim|\bcalled|\bnamed)\s+(?:for\s+)?"
    r"(?P<name>[A-Z][A-Za-z0-9-]{3,})"
)
_LATIN_WORD = r"(?P<name>\b(?!{})[A-Za-z][A-Za-z0-9-]{{4,}} (?:{}))\b"
_NO_LATIN = (
    "(?i:these|those|which|other|their|about|sleeping|water|blood|several|three|seven|eight"
    "|taking|takes|single|extra|daily|soft|film-coated|allergy|painkiller)\\b"
)


def name_asked_for(text: str, around: Surroundings) -> str | None:
    """The unknown name in a normalised text, or None."""
    return (
        next(_names_with_form(text, around), None)
        or _name_behind_form(text, around.catalogue.shelf.forms)
        or misspelt_name(text, around)
        or _latin_name(text, around)
        or _name_asked_first(text, around)
    )


def unknown_names(text: str, around: Surroundings) -> tuple[str, ...]:
    """The names with a dosage form that stand in a text, recorded or not."""
    return tuple(_names_with_form(text, around))


def other_names(text: str, around: Surroundings, mentions: Sequence[Mention]) -> Iterator[str]:
    """The unknown names beside those that were recognised: what is to be taken now."""
    letters = list(text)
    for one in mentions:
        letters[slice(*one.span)] = "，" * (one.span[1] - one.span[0])
    beside = "".join(letters)
    yield from _names_with_form(beside, around)
    for found in _PRESCRIBED.finditer(_without_known(beside, around)):
        if not _TALK.search(found["name"]) and not _is_kind(found["name"], around):
            yield found["name"]


def _name_asked_first(text: str, around: Surroundings) -> str | None:
    """A name with which a clause begins: 替妥尤单抗能报吗."""
    for clause in CLAUSE.split(_without_known(text, around)):
        found = _PRICED.match(clause.strip()) or _NAME.match(clause.strip())
        if found is None:
            continue
        name = found["name"].strip()
        if _is_kind(name, around):
            continue
        if not _NO_NAME.match(name.lower()) and not _TALK.search(name.lower()):
            return name
    return None


def _is_kind(name: str, around: Surroundings) -> bool:
    """Whether words name a service, or a kind of medicine and none of them: 救护车, 降压药."""
    return bool(_KIND.search(name) or around.lexicon.services.find(name.lower()))


def misspelt_name(text: str, around: Surroundings) -> str | None:
    """Letters that sound like a recorded name and are written otherwise: 波立唯 for 波立维."""
    masked = _without_known(text, around)
    shelf = around.catalogue.shelf
    sounds = shelf.keys_by_pinyin[0]
    for at in range(len(masked)):
        for length in range(_LONGEST_HEARD, _SHORTEST_HEARD - 1, -1):
            said = masked[at : at + length]
            if len(said) < length or not _HEARD.fullmatch(said) or shelf.knows(said):
                continue
            meant = sounds.get(sound_of(said), set())
            if any(len(stem) == length for stem in meant):
                return said
    return None


def _without_known(text: str, around: Surroundings) -> str:
    letters = list(text)
    lower = text.lower()
    lexicon = around.lexicon
    lists = (lexicon.facts, around.regions, lexicon.elsewhere, lexicon.subjects)
    for start, end in [(hit.start, hit.end) for words in lists for hit in words.find(lower)]:
        letters[start:end] = "，" * (end - start)
    return "".join(letters)


def _names_with_form(text: str, around: Surroundings) -> Iterator[str]:
    """Runs of name letters that end in a dosage form, from left to right."""
    forms = around.catalogue.shelf.forms
    lower = text.lower()
    lists = (around.lexicon.facts, around.lexicon.subjects)
    cuts = sorted(
        {hit.end for words in lists for hit in words.find(lower) if hit.word not in _CHILD}
    )
    free = at = 0
    while at < len(text):
        past = forms.at(lower, at)
        if past == at or (past == at + 1 and not _ends_short(text, past)):
            at += 1
            continue
        start = _begin(text, free, at, cuts, forms)
        if _is_name(lower[start:at], lower[start:past], forms):
            yield text[start:past]
        at = free = past


def _ends_short(text: str, past: int) -> bool:
    """Whether a form of one letter ends a word here."""
    letter = text[past - 1]
    return letter in _SHORT_FORMS | _COMMON_FORMS and _ENDS.match(text, past) is not None


def _begin(text: str, free: int, at: int, cuts: list[int], forms: Forms) -> int:
    """Where the letters of the name begin whose form stands at `at`."""
    run = at
    while run > max(free, at - _LONGEST) and _LETTER.match(text[run - 1]):
        run -= 1
    latest = at - _SHORTEST_STEM
    run = max([run, *(cut for cut in cuts if run < cut <= latest)])
    for apart in forms.around.apart.finditer(text, run, at):
        if apart.end() <= latest:
            run = apart.end()
    if run == free and free and _AND.match(text, run):
        run += 1
    while (ahead := _AHEAD.match(text, run)) and ahead.end() <= latest:
        run = ahead.end()
    return run


def _is_name(stem: str, name: str, forms: Forms) -> bool:
    around = forms.around
    return (
        len(stem) >= (_LONG_STEM if name[len(stem) :] in _COMMON_FORMS else _SHORTEST_STEM)
        and not _COUNTS.search(stem)
        and not around.told.fullmatch(stem)
        and not around.told.fullmatch(name)
        and not around.no_names.search(name)
        and not around.apart.fullmatch(stem)
    )


def _name_behind_form(text: str, forms: Forms) -> str | None:
    """注射用 and what follows it, up to a word that ends a name."""
    words = "|".join(map(re.escape, forms.prefixes)) or r"(?!)"
    found = re.search(rf"(?:{words})[\u3400-\u9fff]{{2,14}}?(?={_ENDS.pattern})", text)
    return found[0] if found else None


def _latin_name(text: str, around: Surroundings) -> str | None:
    """A Latin name before its form, or behind a word for paying."""
    masked = _without_known(text, around)
    english = "|".join(map(re.escape, around.catalogue.shelf.forms.english_longest_first))
    with_form = re.search(_LATIN_WORD.format(_NO_LATIN, english), masked)
    found = with_form or _LATIN_NAME.search(masked)
    return found["name"] if found else None
