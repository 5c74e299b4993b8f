"""Which column of a published list means what, whatever its header says.

What a reader would not guess: the official sheets print the class (甲/乙) in a column without
a name of its own, so that such a column is recognised by what stands in it.
"""

from collections.abc import Sequence
from typing import Literal

from askdoc.language import simplify
from askdoc.medicines.medicine import PaymentClass

Column = Literal[
    "name", "class", "form", "part", "category", "number", "remark", "agreement", "standard", "code"
]
HEADERS: dict[str, Column] = {
    **dict.fromkeys(
        (
            "name",
            "drug_name",
            "generic_name",
            "药品名称",
            "药品通用名",
            "通用名",
            "通用名称",
            "药名",
        ),
        "name",
    ),
    **dict.fromkeys(
        ("class", "甲乙类", "甲乙", "类别", "医保类别", "目录类别", "甲乙类别", "医保等级"), "class"
    ),
    **dict.fromkeys(("dosage_form", "form", "剂型", "药品剂型"), "form"),
    **dict.fromkeys(("part", "部分", "目录部分"), "part"),
    **dict.fromkeys(("category_path", "category", "药品分类", "分类"), "category"),
    **dict.fromkeys(("number", "no", "编号"), "number"),
    **dict.fromkeys(
        ("remark", "remarks", "restriction", "备注", "支付范围", "限定支付范围"), "remark"
    ),
    **dict.fromkeys(("agreement", "协议有效期", "有效期"), "agreement"),
    **dict.fromkeys(("payment_standard", "医保支付标准", "支付标准"), "standard"),
    **dict.fromkeys(("code", "codes", "医保药品编码", "药品编码", "医保编码"), "code"),
}
CLASS_WORDS: dict[str, PaymentClass] = {
    **dict.fromkeys(("甲", "甲类", "医保甲类", "a"), "A"),
    **dict.fromkeys(("乙", "乙类", "医保乙类", "b"), "B"),
    **dict.fromkeys(("谈判", "谈判药品", "医保谈判", "negotiated"), "negotiated"),
}
_SEARCHED_FOR_HEADER = 40
_SAMPLE = 300


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[Column, int]] | None:
    """The header row's position and its columns, or None without a column for the name."""
    for at, row in enumerate(rows[:_SEARCHED_FOR_HEADER]):
        columns: dict[Column, int] = {}
        for position, cell in enumerate(row):
            meaning = HEADERS.get(_plain(cell))
            if meaning is not None:
                columns.setdefault(meaning, position)
        if "name" in columns and len(columns) > 1:
            if "class" not in columns:
                _find_class(columns, rows[at + 1 : at + 1 + _SAMPLE])
            return at, columns
    return None


def class_word(cell: str) -> PaymentClass | None:
    """The class that a cell names, or None."""
    return CLASS_WORDS.get(_plain(cell))


def _find_class(columns: dict[Column, int], rows: Sequence[Sequence[str]]) -> None:
    for position in range(max(map(len, rows), default=0)):
        filled = [row[position] for row in rows if position < len(row) and row[position].strip()]
        if filled and all(class_word(cell) for cell in filled):
            columns["class"] = position
            return


def _plain(cell: str) -> str:
    return simplify(cell).lower().replace(" ", "")
