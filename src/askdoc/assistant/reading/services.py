"""Services and materials that a message asks about; in a history they are only told.

"做了胃镜，开了新药，医保认不认" asks for the medicine. A word counts where its own clause asks, or
the one behind it does nothing else: "要做胃镜，报不报".
"""

from askdoc.assistant.reading.amounts import clauses
from askdoc.assistant.reading.asking import asked_by_shape
from askdoc.assistant.reading.lexicon import Lexicon
from askdoc.language.word_list import overlapping

# To speak of what was before is no question of it.
_TELLING = {"explain"}
# A clause of no more letters has no room to ask for anything but what stands before it.
_ASK_ALONE = 6


def asked_services(told: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words for services of a masked text that is asked of them."""
    spans = clauses(told)
    asking = [_asks(told[begin:end], lexicon) for begin, end in spans]
    if not any(asking):
        return tuple(hit.word for hit in lexicon.services.find(told))
    found: list[str] = []
    for at, (begin, end) in enumerate(spans):
        after = spans[at + 1] if at + 1 < len(spans) else None
        # A medicine that was blanked counts too.
        alone = after is not None and len(told[slice(*after)].strip()) <= _ASK_ALONE
        if asking[at] or (alone and asking[at + 1]):
            found += [hit.word for hit in lexicon.services.find(told[begin:end])]
    return tuple(found)


def _asks(clause: str, lexicon: Lexicon) -> bool:
    asks = {hit.meaning for hit in overlapping(lexicon.asks, clause)}
    return bool(asks - _TELLING) or any(True for _ in asked_by_shape(clause))
