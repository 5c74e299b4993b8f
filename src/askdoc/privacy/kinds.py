"""The kinds of what is masked, each with the word that stands in its placeholder.

`as_typed` is not about a person: it is text that somebody typed in the shape of a placeholder,
kept as it is so that it can never be restored into another person's data.
"""

from typing import Literal

Kind = Literal[
    "identity",
    "phone",
    "card",
    "record",
    "email",
    "account",
    "plate",
    "address",
    "name",
    "as_typed",
]

# The first word is written; the others are what a model may turn it into.
WORDS: dict[Kind, tuple[str, ...]] = {
    "identity": ("证件号", "证件", "id", "document"),
    "phone": ("电话", "电话号码", "手机", "phone"),
    "card": ("卡号", "card"),
    "record": ("病历号", "record"),
    "email": ("邮箱", "email", "e-mail"),
    "account": ("账号", "account"),
    "plate": ("车牌", "plate"),
    "address": ("住址", "地址", "address"),
    "name": ("姓名", "名字", "name"),
    "as_typed": ("原文", "text"),
}
