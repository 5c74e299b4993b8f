"""The second opinion: learnt from the messages as they are, and as good as it was measured."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from askdoc.assistant.triage.alarms import SOUNDS_URGENT, RedFlags, load_red_flags, triage
from askdoc.assistant.triage.message import Message, read_message
from askdoc.assistant.triage.pieces import pieces_of
from askdoc.assistant.triage.red_flag_messages import (
    LabelledMessage,
    messages_digest,
    read_messages,
)
from askdoc.assistant.triage.second_opinion import (
    FILE,
    Limits,
    Opinion,
    SecondOpinion,
    Weights,
    read_weights,
    write_weights,
)
from askdoc.policy import SheetError

HELD_OUT = read_messages(Path(__file__).with_name("triage") / "held_out.yaml")
# Below what was measured on them (docs/decisions/0012-triage-asks-twice.md), by this margin.
MARGIN = 0.03
LEAST_FOUND = {"rules": 0.61, "pieces": 0.90, "embedding": 0.91}
LEAST_CARE_NAMED = {"rules": 0.29, "pieces": 0.69, "embedding": 0.71}
MOST_ADDED = {"rules": 0.0, "pieces": 0.025, "embedding": 0.015}


@pytest.fixture(scope="session")
def flags(knowledge: Path) -> RedFlags:
    return load_red_flags(knowledge)


@pytest.fixture(scope="session")
def ways(knowledge: Path, flags: RedFlags) -> dict[str, RedFlags]:
    """The rules alone, with the opinion from pieces, and with the embedding where it runs."""
    assert flags.opinion is not None
    found = {
        "rules": replace(flags, opinion=None),
        "pieces": replace(flags, opinion=SecondOpinion(knowledge, with_embedding=False)),
    }
    return found | ({"embedding": flags} if flags.opinion.embedding is not None else {})


def raised(messages: Iterable[LabelledMessage], flags: RedFlags) -> float:
    """The share of messages that raise an emergency."""
    found = [triage(one.text, flags, one.speaker) for one in messages]
    return sum(one is not None and one.kind == "emergency" for one in found) / len(found)


def test_the_weights_were_learnt_from_the_messages_as_they_are(knowledge: Path) -> None:
    weights = read_weights(knowledge / FILE)
    assert weights is not None
    digest = messages_digest(knowledge / "red_flag_messages.yaml")
    assert weights.digest == digest, "run make flags"


def test_nothing_held_out_is_learnt(knowledge: Path) -> None:
    learnt = {one.text for one in read_messages(knowledge / "red_flag_messages.yaml")}
    assert not learnt & {one.text for one in HELD_OUT}
    assert len(HELD_OUT) >= 0.2 * (len(learnt) + len(HELD_OUT))


def test_held_out_emergencies_are_found(ways: dict[str, RedFlags]) -> None:
    fresh = [one for one in HELD_OUT if one.is_emergency and one.is_fresh]
    for name, flags in ways.items():
        assert raised(fresh, flags) >= LEAST_FOUND[name] - MARGIN, name


def test_the_opinion_loses_no_emergency_that_the_rules_find(ways: dict[str, RedFlags]) -> None:
    for one in HELD_OUT:
        by_rule = triage(one.text, ways["rules"], one.speaker)
        if one.is_emergency and by_rule is not None and by_rule.kind == "emergency":
            for name, flags in ways.items():
                found = triage(one.text, flags, one.speaker)
                assert found is not None, (name, one.text)
                assert found.kind == "emergency", (name, one.text)


@pytest.mark.parametrize("label", ["look_alike", "none"])
def test_it_adds_few_false_alarms(ways: dict[str, RedFlags], label: str) -> None:
    harmless = [one for one in HELD_OUT if one.label == label]
    least = raised(harmless, ways["rules"])
    for name, flags in ways.items():
        assert raised(harmless, flags) - least <= MOST_ADDED[name], name


def test_held_out_matters_of_care_are_named(ways: dict[str, RedFlags]) -> None:
    fresh = [one for one in HELD_OUT if one.is_care and one.is_fresh]
    for name, flags in ways.items():
        found = [(triage(one.text, flags, one.speaker), one.label) for one in fresh]
        named = sum(alarm is not None and alarm.kind == label for alarm, label in found)
        assert named / len(found) >= LEAST_CARE_NAMED[name] - MARGIN, name


def test_what_no_rule_names_is_raised_with_general_advice(flags: RedFlags) -> None:
    said = "麻烦问一下门诊怎么报，我妈刚才话说一半舌头短了一截，筷子也捏不牢，脸往一边掉"
    by_rule = triage(said, replace(flags, opinion=None))
    found = triage(said, flags)
    assert by_rule is None or by_rule.kind == "emergency"
    assert found is not None
    assert found.kind == "emergency"
    assert said[found.start : found.end] == found.words


LIMITS = Limits(emergency=2.0, beside_insurance=0.5, over_care=0.0, veto=-2.0, care=0.0)


class Settled(SecondOpinion):
    """An opinion that is the same whatever is said."""

    def __init__(self, emergency: float, over_care: float, care: float = -9.0) -> None:
        self._odds = emergency, over_care, care

    def of(self, said: Message, speaker: str) -> Opinion:
        emergency, over_care, care = self._odds
        whole = (0, len(said.text))
        return Opinion(
            *(emergency, over_care, "side_effect", care, LIMITS, False),
            clause_for=lambda _: whole,
        )


def test_it_raises_what_the_rules_leave(flags: RedFlags) -> None:
    found = triage("今天天气不错", replace(flags, opinion=Settled(5, 5)))
    assert found is not None
    assert (found.kind, found.flag) == ("emergency", SOUNDS_URGENT)


def test_it_never_overrules_a_strong_rule(flags: RedFlags) -> None:
    found = triage("我妈喘不上气了", replace(flags, opinion=Settled(-20, -20)))
    assert found is not None
    assert found.kind == "emergency"


def test_it_overrules_only_the_weakest_rule_and_only_when_sure(flags: RedFlags) -> None:
    said = "我妈突然手抖，脸白，站不稳"
    rules = triage(said, replace(flags, opinion=None))
    if rules is None or rules.flag != "unclear":
        pytest.skip("another rule names it by now")
    assert triage(said, replace(flags, opinion=Settled(-1, 1))) == rules
    assert triage(said, replace(flags, opinion=Settled(-3, 1))) is None


def test_it_names_a_matter_of_care_that_no_rule_names(flags: RedFlags) -> None:
    settled = replace(flags, opinion=Settled(-5, -5, care=3))
    found = triage("今天天气不错", settled)
    assert found is not None
    assert found.kind == "side_effect"
    assert triage("患者用这个药", settled, "doctor") is None


def test_beside_a_matter_of_care_that_a_rule_names_it_must_be_surer(flags: RedFlags) -> None:
    said = "今天忘了吃药，要补吃吗"
    for odds, kind in ((LIMITS.emergency + 0.5, "missed_dose"), (5.0, "emergency")):
        found = triage(said, replace(flags, opinion=Settled(odds, 5)))
        assert found is not None
        assert found.kind == kind


def test_without_weights_the_rules_stand_alone(flags: RedFlags, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")
    alone = replace(flags, opinion=SecondOpinion(tmp_path))
    for said in ("我妈喘不上气了", "起付线是多少"):
        assert triage(said, alone) == triage(said, replace(flags, opinion=None))


def test_the_weights_are_small(knowledge: Path) -> None:
    assert (knowledge / FILE).stat().st_size < 400_000


def test_weights_come_back_as_they_were_kept(knowledge: Path, tmp_path: Path) -> None:
    kept = read_weights(knowledge / FILE)
    assert kept is not None
    write_weights(tmp_path / FILE, kept)
    again = read_weights(tmp_path / FILE)
    assert isinstance(again, Weights)
    assert again.limits == kept.limits
    assert abs(again.letters - kept.letters).max() < 1e-6


def test_an_empty_message_has_pieces(flags: RedFlags) -> None:
    assert len(pieces_of(read_message("", flags), "resident").places) > 0


def test_a_message_labelled_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.yaml"
    file.write_text(
        "messages:\n  - batch: fresh 1\n    label: none\n    says: [好, 好]\n", encoding="utf-8"
    )
    with pytest.raises(SheetError) as refused:
        read_messages(file)
    assert refused.value.problem == "listed_twice"
