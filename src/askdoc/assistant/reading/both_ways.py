"""A step that is asked about done and not done: 签约和不签约差多少, with and without a referral.

Read before either half counts as a fact: whoever asks what both cost has said neither.
"""

import re

_STEPS = {
    "contracted": r"签(?:了|个)?(?:约|家庭医生|家医)?",
    "filed": r"备(?:了|个)?案",
    "referral": r"转(?:了|个)?(?:诊|院)",
}
_EN_STEPS = {
    "contracted": r"contract|family doctor|signed",
    "filed": r"filing",
    "referral": r"referral",
}
BOTH = {
    "contracted": ("true", "false"),
    "filed": ("temporary", "long_term", "none"),
    "referral": ("referred", "not_referred"),
}
_AND = r"[^，。；,;]{0,8}(?:和|跟|与|同|还是|或者?|、|比|对比|vs)\s*"
_NOT = r"(?:不|没有?|未)(?:去|办|做|开)?"
_BUT = r"[^，。；,;]{0,8}"


def _patterns(name: str) -> re.Pattern[str]:
    step = _STEPS[name]
    return re.compile(
        rf"{step}{_AND}{_NOT}(?:{step})?(?:过|的)?(?:家庭医生)?(?:相比|比较|差|各|有|分别|，|,|$)"
        rf"|{_NOT}{step}{_AND}(?:有|办|做)?(?:了|过)?{step}"
        rf"|(?:签不签|备不备|转不转)(?=约|案|诊){_BUT}(?:差|省|贵|便宜)"
        rf"|with (?:and|or) without (?:an? |the |any )?(?:family[- ]doctor )?(?:{_EN_STEPS[name]})"
    )


_PATTERNS = {name: _patterns(name) for name in _STEPS}
_OF_STEP = {name: re.compile(rf"{_STEPS[name]}|{_EN_STEPS[name]}") for name in _STEPS}


def said_both_ways(masked: str) -> dict[str, tuple[str, ...]]:
    """The steps that a lower-case text names done and not done, with every way of each."""
    return {
        name: BOTH[name]
        for name, pattern in _PATTERNS.items()
        if (found := pattern.search(masked)) and _OF_STEP[name].search(found[0])
    }


def names_twice(name: str, text: str) -> bool:
    """Whether a message speaks of a step more than once, done or not."""
    return len(_OF_STEP[name].findall(text.lower())) > 1
