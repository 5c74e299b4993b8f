"""Numbers that are known by themselves: identity numbers, telephones, bank cards.

What a library confirms needs no word beside it. A shape alone is enough for a mobile number,
unless it could be several amounts in a row (1500 2000 300).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from askdoc.privacy import checks
from askdoc.privacy.digits import Run, runs
from askdoc.privacy.found import Found
from askdoc.privacy.kinds import Kind

_CHECK_LETTER = re.compile(r"[ \-–—_]{0,3}[Xx×хХχΧ叉](?![A-Za-z0-9])")
_EXTENSION = re.compile(r" ?(?:转|分机|ext\.?|#|-) ?[0-9]{1,5}(?![0-9])", re.IGNORECASE)
_PHONE_WORD = re.compile(
    r"电话|手机|号码|联系|座机|固话|打给|拨|致电|微信|phone|mobile|tel|call|cell", re.IGNORECASE
)
_MOBILE_SHAPES = frozenset(
    {(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (5, 6), (3, 2, 2, 2, 2), (3, 2, 3, 3)}
)
# Area code and number; the library knows which area codes have which length today.
_LANDLINE_SHAPES = frozenset({(3, 8), (4, 7), (4, 8), (3, 7)})
_IS_DIALLED_ABROAD = re.compile("00[1-9]")
_CENTURIES = ("18", "19", "20")
_LIST_GAPS = frozenset(",、:#")


def find_numbers(text: str) -> Iterator[Found]:
    """Identity numbers, telephones and bank cards in a normalised text."""
    for found_run in runs(text):
        run = replace(found_run, cuts=_glued_identities(found_run))
        at = 0
        while at < len(run.digits):
            found = _number_at(run, at) if run.is_edge(at) else None
            if found is None:
                at += 1
                continue
            yield found[0]
            at = max(found[1], at + 1)


def _glued_identities(run: Run) -> frozenset[int]:
    """Where identity numbers begin and end in a run without gaps: people paste two in a row."""
    cuts: set[int] = set()
    for at in range(len(run.digits) - 17):
        number = run.digits[at : at + 18]
        if number[6:8] in _CENTURIES and at not in cuts and checks.is_sure_resident_id(number):
            cuts |= {at, at + 18}
    return frozenset(cuts)


def _number_at(run: Run, at: int) -> tuple[Found, int] | None:
    """The number that begins with the digit `at`, and the digit after it."""
    for reader in (_identity, _telephone_abroad, _bank_card, _old_identity, _mobile, _landline):
        found = reader(run, at)
        if found:
            return found
    return None


def _window(run: Run, at: int, length: int) -> str:
    """So many digits from `at` on, if a number may end there."""
    end = at + length
    if end > len(run.digits) or not run.is_edge(end) or run.touches_code(at, end):
        return ""
    return run.digits[at:end]


def _made(
    run: Run, at: int, end: int, kind: Kind, value: str = "", stop: int = 0
) -> tuple[Found, int]:
    start, after = run.places[at], stop or run.places[end - 1] + 1
    return Found(kind, start, after, value or run.digits[at:end], 3), end


def _identity(run: Run, at: int) -> tuple[Found, int] | None:
    number, end, stop = _window(run, at, 18), at + 18, 0
    if not number and at + 17 <= len(run.digits):
        letter = _CHECK_LETTER.match(run.text, run.places[at + 16] + 1)
        if letter:
            number, end, stop = run.digits[at : at + 17] + "X", at + 17, letter.end()
    if not number or not checks.is_resident_id(number):
        return None
    if not checks.has_check_sign(number) and len(set(run.inner_gaps(at, end))) > 1:
        return None
    return _made(run, at, end, "identity", number, stop)


def _old_identity(run: Run, at: int) -> tuple[Found, int] | None:
    number = _window(run, at, 15)
    if not number or len(set(run.inner_gaps(at, at + 15))) > 1:
        return None
    return _made(run, at, at + 15, "identity") if checks.is_old_resident_id(number) else None


def _bank_card(run: Run, at: int) -> tuple[Found, int] | None:
    for length in (19, 18, 17, 16):
        number = _window(run, at, length)
        gaps = set(run.inner_gaps(at, at + length)) if number else set()
        if (
            number
            and len(gaps) <= 1
            and gaps.isdisjoint(_LIST_GAPS)
            and checks.is_bank_card(number)
        ):
            return _made(run, at, at + length, "card")
    return None


def _mobile(run: Run, at: int) -> tuple[Found, int] | None:
    for ahead in ("", "86", "0086", "0"):
        begin = at + len(ahead)
        if not run.digits.startswith(ahead, at) or not _is_mobile_at(run, begin):
            continue
        number = _window(run, at, len(ahead) + 11)
        if number and _is_mobile_shape(run, begin):
            found, end = _made(run, at, begin + 11, "phone", number[-11:])
            return _with_plus(run.text, found), end
    return None


def _is_mobile_at(run: Run, at: int) -> bool:
    return run.digits[at : at + 1] == "1" and run.digits[at + 1 : at + 2] in tuple("3456789")


def _is_mobile_shape(run: Run, at: int) -> bool:
    gaps, shape = set(run.inner_gaps(at, at + 11)), run.shape(at, at + 11)
    if not gaps or len(shape) == 11:
        return True
    if gaps.isdisjoint(_LIST_GAPS) and (" " not in gaps or shape in _MOBILE_SHAPES):
        return True
    place = run.places[at]
    return _PHONE_WORD.search(run.text, max(0, place - 12), place) is not None


def _landline(run: Run, at: int) -> tuple[Found, int] | None:
    if run.digits[at] != "0" or run.digits[at + 1 : at + 2] == "0":
        return None
    for length in (12, 11, 10):
        number = _window(run, at, length)
        if not number or not _LIST_GAPS.isdisjoint("".join(run.inner_gaps(at, at + length))):
            continue
        is_written_so = run.shape(at, at + length)[:2] in _LANDLINE_SHAPES
        if is_written_so or checks.is_telephone(number):
            found, end = _made(run, at, at + length, "phone")
            return _with_extension(run.text, found), end
    return None


def _telephone_abroad(run: Run, at: int) -> tuple[Found, int] | None:
    """Any number that begins with +, a landline of this country too."""
    place = run.places[at]
    is_marked = run.text[max(0, place - 2) : place].strip(" (").endswith("+")
    if not is_marked and not _IS_DIALLED_ABROAD.match(run.digits, at):
        return None
    for length in range(15, 7, -1):
        number = _window(run, at, length)
        if number and checks.is_telephone(f"+{number}" if is_marked else number):
            found, end = _made(run, at, at + length, "phone", number.removeprefix("86"))
            return _with_plus(run.text, _with_extension(run.text, found)), end
    return None


def _with_plus(text: str, found: Found) -> Found:
    start = found.start
    while start > 0 and text[start - 1] in "+(" and found.start - start < 2:
        start -= 1
    if "+" not in text[start : found.start] and ")" not in text[start : found.end]:
        start = found.start
    return Found(found.kind, start, found.end, found.value, found.weight)


def _with_extension(text: str, found: Found) -> Found:
    extension = _EXTENSION.match(text, found.end)
    is_open = ")" in text[found.start : found.end] and text[found.start - 1 : found.start] == "("
    start = found.start - is_open
    end = extension.end() if extension else found.end
    return Found(found.kind, start, end, found.value, found.weight)
