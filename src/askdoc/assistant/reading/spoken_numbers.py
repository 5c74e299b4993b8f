"""What a number looks like in a message that is not parted yet: digits, Han numerals, units."""

ONES = "一二两三四五六七八九十"
DIGITS = r"[0-9][0-9,]*(?:\.[0-9]+)?(?:[kKwW万千百][0-9]*)?"
HAN = rf"[{ONES}][零{ONES}廿卅百千万]*[百千万十廿][零{ONES}廿百千]*"
NUMBER = rf"(?:{DIGITS}|{HAN}|[一二两三四五六七八九十](?=块|元))"
UNIT = r"(?: ?(?:块钱|块|元|yuan|rmb))?"
