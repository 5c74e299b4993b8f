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
# A step said done in one place and not done in another: 签约的话付多少，不签的话又付多少.
_DONE = {
    "contracted": re.compile(
        r"(?<![没不未无断])(?<!没有)(?<!还没)签(?:了|着|过|好|上)?(?:约|家庭医生|家医|了|上|的话)"
        r"|\b(?:with|having|if i (?:had|have)|signed)\b[^.;?]{0,12}(?:contract|family doctor)"
    ),
    "referral": re.compile(
        r"(?<![没不未无])(?<!没有)(?<!没办)(?<!不办)(?<!没经)(?<!没开)(?:有|办(?:了|好|个)?|开(?:了|好)?|经|做(?:了)?|拿(?:了|到)?|医生)?转(?:了|个|过)?(?:诊|院)"
        r"|\b(?:with (?:a |the )?referral|referred)\b"
    ),
}
_NOT_DONE = {
    "contracted": re.compile(
        r"(?:不|没有?|未)(?:去|再|续|来)?签(?:约|家庭医生|家医|了|的话|呢)?|断签|没续(?:签|约)"
        r"|\b(?:no|without|not|un)[- ]?(?:an? |the |having )?(?:contract|family doctor|sign)"
        r"|\bwhat without\b|\bwithout (?:one|it)\b"
    ),
    "referral": re.compile(
        r"(?:不|没有?|未|无)(?:去|再|经|办|开|做|要|拿)?(?:转(?:诊|院)|转)|自己(?:直接)?(?:去|跑|上)|直接(?:去|跑|上)"
        r"|\b(?:no|without|not)[- ](?:a |any |the |having a )?referr|\bon my own\b"
        r"|\bwhat without\b|\bwithout (?:one|it)\b"
    ),
}
_ASKED_TWICE = re.compile(
    r"\bwhat without\b|\bwithout (?:one|it)\b|"
    r"各[^，。；]{0,8}(?:多少|几)|分别|又(?:得|要|是|该|会)?(?:自己)?(?:付|掏|出|多少|几)|差(?:多少|几|别|好多)|相差|哪[个边种样头]|划算|合算"
    r"|还是|比[比较起]|对比"
    r"|(?:多少|几)[^？?。]{0,30}(?:多少|几)"
    r"|\b(?:each|either way|versus|vs|how much (?:more|less)|difference|compare)\b|\ba\).*\bb\)"
    r"|(?:more|less|cheaper) (?:with|without|if)"
)
_OF_STEP = {name: re.compile(rf"{_STEPS[name]}|{_EN_STEPS[name]}") for name in _STEPS}


def said_both_ways(masked: str) -> dict[str, tuple[str, ...]]:
    """The steps that a lower-case text names done and not done, with every way of each."""
    found = {
        name: BOTH[name]
        for name, pattern in _PATTERNS.items()
        if (hit := pattern.search(masked)) and _OF_STEP[name].search(hit[0])
    }
    if _ASKED_TWICE.search(masked):
        found |= {name: BOTH[name] for name in _DONE if _is_said_both_ways(name, masked)}
    return found


def _is_said_both_ways(name: str, masked: str) -> bool:
    """Whether a step is done in one place of a text and not done in another."""
    undone = [hit.span() for hit in _NOT_DONE[name].finditer(masked)]
    return bool(undone) and any(
        not any(start < hit.end() and hit.start() < end for start, end in undone)
        for hit in _DONE[name].finditer(masked)
    )


def names_twice(name: str, text: str) -> bool:
    """Whether a message speaks of a step more than once, done or not."""
    return len(_OF_STEP[name].findall(text.lower())) > 1
