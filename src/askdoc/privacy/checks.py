"""What libraries know about numbers: check digits, districts, numbering plans.

Each is loaded with the first number that has the right length; most messages have none.
"""

from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1890, 2099


def is_resident_id(number: str) -> bool:
    """Whether 18 signs are an identity number (GB 11643), or were before somebody mistyped one.

    Also numbers of residents from Hong Kong, Macau and Taiwan (81-83) and of foreigners (9…).
    """
    if not _is_day(number[6:14]):
        return False
    return has_check_sign(number) or _has_district(number)


def is_sure_resident_id(number: str) -> bool:
    """Whether 18 digits pass every test that there is."""
    return _is_day(number[6:14]) and has_check_sign(number) and _has_district(number)


def has_check_sign(number: str) -> bool:
    """Whether the last of 18 signs is the check sign of the others."""
    from stdnum.cn import ric

    return ric.calc_check_digit(number) == number[-1]


def is_old_resident_id(number: str) -> bool:
    """Whether 15 digits are an identity number from before 1999; these have no check sign."""
    return _is_day(f"19{number[6:12]}") and _has_district(number)


def is_old_residence_permit(number: str) -> bool:
    """Whether three letters and twelve digits are a foreigner's residence permit of before 2023."""
    return number[:3].isalpha() and _is_day(f"19{number[7:13]}")


def is_bank_card(number: str) -> bool:
    """Whether the number passes Luhn and begins as cards in use here begin."""
    from stdnum import luhn

    return number.startswith(("62", "4", "5", "35", "36", "60", "9558", "34", "37")) and bool(
        luhn.is_valid(number)
    )


def is_telephone(number: str) -> bool:
    """Whether the number, dialled in mainland China, is in a numbering plan of the world."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, "CN")))
    except phonenumbers.NumberParseException:
        return False


def _has_district(number: str) -> bool:
    from stdnum import numdb

    return any(facts for _, facts in numdb.get("cn/loc").info(number[:6])[1:])


def _is_day(digits: str) -> bool:
    if not digits.isdigit() or not _FIRST_YEAR <= int(digits[:4]) <= _LAST_YEAR:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
