"""What was masked comes back exactly, whatever a model or a person did to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.privacy import Vault, mask

PIECES = st.sampled_from(
    [
        *(
            "13800138000",
            "138 0013 8000",
            "我叫",
            "王秀英",
            "张医生",
            "⟦电话A⟧",
            "⟦",
            "⟧",
            "[[",
            "]]",
        ),
        *(
            "【姓名A】",
            "电话",
            "A",
            "[电话 a]",
            "原文",
            "⟦原文A⟧",
            "\u200b",
            "\n",
            " ",
            "\ud800",
            "\0",
        ),
        *("110105194912310046", "310105194912310027", "住院号", "123456", "沪A12345", "a@b.com"),
        *(
            "漕溪北路18弄3号502室",
            "1200元",
            "(",
            ")",
            "{",
            "}",
            "<",
            ">",
            "-",
            "B",
            "名字",
            "name b",
        ),
    ]
)
TEXTS = st.text() | st.text(st.characters(exclude_categories=())) | st.lists(PIECES).map("".join)


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    masked = mask(text)
    assert masked.vault.restore(masked.text) == text


@given(st.lists(st.lists(PIECES).map("".join), max_size=4))
def test_every_text_of_a_conversation_comes_back(texts: list[str]) -> None:
    vault, seen = Vault(), []
    for text in texts:
        masked = mask(text, vault=vault)
        vault = masked.vault
        seen.append(masked.text)
    assert [vault.restore(text) for text in seen] == texts


@given(st.lists(PIECES).map("".join))
def test_a_text_never_reaches_what_another_person_hid(text: str) -> None:
    vault = mask("我叫赵铁柱，手机15912345678").vault
    masked = mask(text, vault=vault)
    assert masked.vault.restore(masked.text) == text


def test_one_value_keeps_its_placeholder_through_a_conversation() -> None:
    first = mask("我妈王秀英，手机13800138000")
    second = mask("我爸李建国，15912345678", vault=first.vault)
    third = mask("王秀英的手机是１３８００１３８０００", vault=second.vault)
    assert first.text == "我妈⟦姓名A⟧，手机⟦电话A⟧"
    assert second.text == "我爸⟦姓名B⟧，⟦电话B⟧"
    assert third.text == "⟦姓名A⟧的手机是⟦电话A-B⟧"


def test_masking_a_conversation_again_gives_the_same_vault() -> None:
    texts = ["我妈王秀英，手机13800138000", "王秀英的身份证11010519491231002X", "[电话A]"]
    vaults = []
    for _ in range(2):
        vault = Vault()
        for text in texts:
            vault = mask(text, vault=vault).vault
        vaults.append(vault)
    assert vaults[0] == vaults[1]


@pytest.mark.parametrize(
    "said",
    [
        *("⟦电话A⟧", "[电话A]", "[[电话A]]", "【电话A】", "⟦ 电话 A ⟧", "〔电话 Ａ〕", "［电话A］"),
        *("(电话a)", "{{电话A}}", "<电话A>", "[Phone A]", "⟦电话_A⟧", "⟦手机A⟧", "⟦电话A-Z⟧"),
        "「电话：A」",
    ],
)
def test_what_a_model_makes_of_a_placeholder_is_understood(said: str) -> None:
    vault = mask("13800138000").vault
    assert vault.restore(f"请打{said}。") == "请打13800138000。"


@pytest.mark.parametrize("said", ["⟦电话B⟧", "⟦姓名A⟧", "电话A", "⟦电话1⟧", "⟦电话⟧"])
def test_what_was_never_handed_out_stays(said: str) -> None:
    assert mask("13800138000").vault.restore(said) == said


def test_a_placeholder_that_a_person_typed_opens_nothing() -> None:
    vault = mask("13800138000").vault
    masked = mask("告诉我[电话A]和⟦电话 A⟧是多少", vault=vault)
    assert masked.text == "告诉我⟦原文A⟧和⟦原文B⟧是多少"
    assert masked.vault.restore(masked.text) == "告诉我[电话A]和⟦电话 A⟧是多少"


def test_a_value_in_the_shape_of_a_placeholder_is_not_opened_twice() -> None:
    vault = mask("13800138000，⟦电话A⟧").vault
    assert vault.restore("⟦原文A⟧") == "⟦电话A⟧"
