"""The red flags of `knowledge/red_flags.yaml`, read once for all messages.

What the words of each list mean to triage is written beside them in that file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from askdoc.assistant.triage.gapped_words import GappedWords, gapped_words
from askdoc.policy.strict_yaml import Map, Rows, Scalar, SheetError, read_sheet

if TYPE_CHECKING:
    from askdoc.assistant.triage.second_opinion import SecondOpinion

FILE = "red_flags.yaml"
# What the sentences around a sign say of it.
SPEECH = (
    *(
        "present",
        "onset",
        "today",
        "past",
        "long",
        "over",
        "treated",
        "settled",
        "supposed",
        "told",
    ),
    *("asks_what", "insurance", "topic", "severe", "person", "mine", "patient", "record"),
    *("in_front", "at_a_loss", "handed_on", "short_while", "again", "dead"),
    *("struck", "event", "suspect", "symptom", "turns"),
)
CareKind = Literal[
    "scam",
    "side_effect",
    "missed_dose",
    "wants_dose_change",
    "wants_to_stop",
    "wants_prescription",
    "wants_diagnosis",
]
CARE_KINDS: tuple[CareKind, ...] = get_args(CareKind)
_FLAG_KEYS = (
    *("id", "last", "grave", "crisis", "names", "signs", "together", "any_of"),
    *("measures", "amounts", "ages"),
)
_PIECES = ("片", "粒", "颗", "丸", "支", "瓶", "袋", "板", "盒", "针")
_WITHIN = 8


@dataclass(frozen=True, slots=True)
class Together:
    """Groups whose words stand within so many letters of each other in one sentence.

    `unless` is a group whose words among them make it something else.
    """

    groups: tuple[str, ...]
    within: int
    in_order: bool = False
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A sign that is none where words of all groups in `because` say why, anywhere in the message.

    `unless` is a group whose words anywhere make it a sign all the same.
    """

    sign: Together
    because: tuple[str, ...]
    unless: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Words of at least so many different groups, each near the one before.

    `unless` is a group whose words in the same sentence make it something mild.
    """

    groups: tuple[str, ...]
    at_least: int
    within: int
    unless: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A reading that alarms: below `below` or from `at_least` on, with a sign where one is due.

    `over` and `up_to` shut out numbers that are no such reading.
    """

    words: GappedWords
    below: Decimal | None
    at_least: Decimal | None
    over: Decimal
    up_to: Decimal
    sign: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """So many pieces of a medicine at once, near the words of these groups."""

    groups: tuple[str, ...]
    units: tuple[str, ...]
    at_least: Decimal
    within: int
    unless: str | None


@dataclass(frozen=True, slots=True)
class Age:
    """A child younger than so many days, with the words of these groups.

    `words` are ages that no number gives: 两个多月.
    """

    below_days: int
    words: GappedWords
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """One emergency: its words and combinations of words.

    A `grave` one counts for a person even beside a question about insurance; a `crisis` is
    judged by its own rules; a `last` one counts where nothing else explains the message.
    """

    id: str
    last: bool
    grave: bool
    crisis: bool
    names: GappedWords
    signs: GappedWords
    together: tuple[Together, ...]
    any_of: tuple[AnyOf, ...]
    measures: tuple[Measure, ...]
    amounts: tuple[Amount, ...]
    ages: tuple[Age, ...]


@dataclass(frozen=True, slots=True)
class CareMatter:
    """A matter that needs care. `always` holds in a question about insurance too."""

    kind: CareKind
    always: GappedWords
    words: GappedWords
    always_together: tuple[Together, ...]
    together: tuple[Together, ...]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """Everything that triage looks for; without an opinion the rules stand alone."""

    harmless: GappedWords
    exaggerated: tuple[Together, ...]
    explained: tuple[Explained, ...]
    speech: Mapping[str, GappedWords]
    groups: Mapping[str, GappedWords]
    flags: tuple[Flag, ...]
    care: tuple[CareMatter, ...]
    opinion: "SecondOpinion | None"


def load_red_flags(knowledge: Path) -> RedFlags:
    """The red flags of a knowledge folder. Raises SheetError naming file and line."""
    # Only what triages needs numpy.
    from askdoc.assistant.triage.second_opinion import SecondOpinion

    sheet = read_sheet(knowledge / FILE).only(
        *("harmless", "exaggerated", "explained", "speech", "groups", "flags", "care")
    )
    harmless: set[str] = set()
    for node in sheet.rows("harmless"):
        _words(_list(node), harmless)
    speech = sheet.map("speech").only(*SPEECH)
    groups = {name: _pattern(sheet.map("groups"), name, set()) for name in sheet.map("groups")}
    taken: set[str] = set()
    ids: set[str] = set()
    flags = tuple(_flag(row, groups, taken, ids) for row in sheet.rows("flags").maps())
    care_taken: set[str] = set()
    kinds: set[str] = set()
    care = tuple(_care(row, groups, care_taken, kinds) for row in sheet.rows("care").maps())
    return RedFlags(
        harmless=gapped_words(harmless),
        exaggerated=_togethers(sheet, "exaggerated", groups),
        explained=tuple(_explained(row, groups) for row in sheet.rows("explained").maps()),
        speech={name: _pattern(speech, name, set()) for name in SPEECH},
        groups=groups,
        flags=flags,
        care=care,
        opinion=SecondOpinion(knowledge),
    )


def _flag(row: Map, groups: Mapping[str, GappedWords], taken: set[str], ids: set[str]) -> Flag:
    row.only(*_FLAG_KEYS)
    return Flag(
        id=_once(row.scalar("id"), ids),
        last="last" in row and row.scalar("last").flag(),
        grave="grave" in row and row.scalar("grave").flag(),
        crisis="crisis" in row and row.scalar("crisis").flag(),
        names=_pattern(row, "names", taken),
        signs=_pattern(row, "signs", taken),
        together=_togethers(row, "together", groups),
        any_of=tuple(_any_of(one, groups) for one in _maps(row, "any_of")),
        measures=tuple(_measure(one, groups) for one in _maps(row, "measures")),
        amounts=tuple(_amount(one, groups) for one in _maps(row, "amounts")),
        ages=tuple(_age(one, groups) for one in _maps(row, "ages")),
    )


def _care(
    row: Map, groups: Mapping[str, GappedWords], taken: set[str], kinds: set[str]
) -> CareMatter:
    row.only("kind", "always", "words", "always_together", "together")
    said = _once(row.scalar("kind"), kinds)
    kind = next((one for one in CARE_KINDS if one == said), None)
    if kind is None:
        raise row.scalar("kind").wrong("not_one_of", allowed=", ".join(CARE_KINDS))
    return CareMatter(
        kind=kind,
        always=_pattern(row, "always", taken),
        words=_pattern(row, "words", taken),
        always_together=_togethers(row, "always_together", groups),
        together=_togethers(row, "together", groups),
    )


def _togethers(row: Map, key: str, groups: Mapping[str, GappedWords]) -> tuple[Together, ...]:
    found: list[Together] = []
    for one in _maps(row, key):
        one.only("groups", "within", "in_order", "unless")
        in_order = "in_order" in one and one.scalar("in_order").flag()
        unless = one.scalar("unless").one_of(groups) if "unless" in one else None
        found.append(Together(_groups(one, groups), _within(one), in_order, unless))
    return tuple(found)


def _explained(row: Map, groups: Mapping[str, GappedWords]) -> Explained:
    row.only("groups", "within", "because", "unless")
    because = tuple(one.one_of(groups) for one in row.rows("because").scalars())
    sign = Together(_groups(row, groups), _within(row))
    return Explained(sign, because, row.scalar("unless").one_of(groups))


def _any_of(row: Map, groups: Mapping[str, GappedWords]) -> AnyOf:
    row.only("groups", "at_least", "within", "unless")
    unless = row.scalar("unless").one_of(groups) if "unless" in row else None
    return AnyOf(_groups(row, groups), row.scalar("at_least").whole(), _within(row), unless)


def _measure(row: Map, groups: Mapping[str, GappedWords]) -> Measure:
    row.only("words", "below", "at_least", "over", "up_to", "with")
    if ("below" in row) == ("at_least" in row):
        raise SheetError(row.place, "holds_one", allowed="below, at_least")
    return Measure(
        words=_pattern(row, "words", set()),
        below=row.scalar("below").number() if "below" in row else None,
        at_least=row.scalar("at_least").number() if "at_least" in row else None,
        over=row.scalar("over").number() if "over" in row else Decimal(0),
        up_to=row.scalar("up_to").number() if "up_to" in row else Decimal(1000),
        sign=row.scalar("with").one_of(groups) if "with" in row else None,
    )


def _amount(row: Map, groups: Mapping[str, GappedWords]) -> Amount:
    row.only("groups", "units", "at_least", "within", "unless")
    return Amount(
        groups=_groups(row, groups),
        units=tuple(one.one_of(_PIECES) for one in row.rows("units").scalars()),
        at_least=row.scalar("at_least").number(),
        within=_within(row),
        unless=row.scalar("unless").one_of(groups) if "unless" in row else None,
    )


def _age(row: Map, groups: Mapping[str, GappedWords]) -> Age:
    row.only("below_days", "words", "groups")
    return Age(
        row.scalar("below_days").whole(), _pattern(row, "words", set()), _groups(row, groups)
    )


def _groups(row: Map, groups: Mapping[str, GappedWords]) -> tuple[str, ...]:
    return tuple(one.one_of(groups) for one in row.rows("groups").scalars())


def _within(row: Map) -> int:
    return row.scalar("within").whole() if "within" in row else _WITHIN


def _maps(row: Map, key: str) -> list[Map]:
    return row.rows(key).maps() if key in row else []


def _pattern(row: Map, key: str, taken: set[str]) -> GappedWords:
    return gapped_words(_words(row.rows(key), taken) if key in row else ())


def _list(node: object) -> Rows:
    if not isinstance(node, Rows):
        raise SheetError(getattr(node, "place", FILE), "not_list")
    return node


def _words(rows: Rows, taken: set[str]) -> list[str]:
    return [_once(one, taken) for one in rows.scalars()]


def _once(one: Scalar, taken: set[str]) -> str:
    word = one.text().lower()
    if word in taken:
        raise one.wrong("listed_twice")
    taken.add(word)
    return word
