"""Arguments and results of tools, masked and restored as a whole."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from askdoc.privacy import Vault, mask, mask_values, restore_values

ARGUMENTS: dict[str, Any] = {
    "patient_name": "揭春",
    "phone": "64681234",
    "query": "我妈王秀英的药",
    "amount": 1200,
    "bill": {"items": [{"code": "XA10BAE047A001010103456", "amount": "400.00"}], "paid": None},
    "mobile": 13800138000,
    "ids": ["310105194912310027", True, 0.5],
}


def test_the_name_of_a_field_says_what_stands_in_it() -> None:
    masked = mask_values(ARGUMENTS)
    assert masked.value == {
        "patient_name": "⟦姓名A⟧",
        "phone": "⟦电话A⟧",
        "query": "我妈⟦姓名B⟧的药",
        "amount": 1200,
        "bill": ARGUMENTS["bill"],
        "mobile": "⟦电话B⟧",
        "ids": ["⟦证件号A⟧", True, 0.5],
    }
    assert restore_values(masked.value, masked.vault) == ARGUMENTS


def test_a_number_comes_back_as_a_number() -> None:
    masked = mask_values([13800138000, 123456789, 2026])
    assert masked.value == ["⟦电话A⟧", 123456789, 2026]
    assert restore_values(masked.value, masked.vault) == [13800138000, 123456789, 2026]


def test_a_tool_is_called_with_what_the_person_said() -> None:
    vault = mask("我叫王秀英，电话13800138000").vault
    called = {"name": "[姓名A]", "note": "联系⟦电话A⟧"}
    assert restore_values(called, vault) == {"name": "王秀英", "note": "联系13800138000"}


def test_what_a_tool_returns_keeps_the_placeholders_of_the_conversation() -> None:
    vault = mask("我叫王秀英").vault
    masked = mask_values({"booked_for": "王秀英", "doctor_name": "李建国"}, vault=vault)
    assert masked.value == {"booked_for": "⟦姓名A⟧", "doctor_name": "⟦姓名B⟧"}


_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
    | st.sampled_from(["13800138000", "⟦电话A⟧", "我叫王秀英", "138 0013 8000"])
    | st.sampled_from([13800138000, 310105194912310027])
)  # fmt: skip
_KEYS = st.text() | st.sampled_from(["phone", "patient_name", "13800138000", "姓名"])


@given(st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner)))
def test_every_value_comes_back(value: Any) -> None:
    masked = mask_values(value, vault=Vault())
    restored = restore_values(masked.value, masked.vault)
    assert restored == value
    assert repr(restored) == repr(value)
