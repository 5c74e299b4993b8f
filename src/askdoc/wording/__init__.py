"""Phrases in Chinese and English, and the one tree of errors.

Nothing outside this room holds a sentence that a person reads: other rooms name a phrase
by its key and pass the fields that go into it.
"""

from askdoc.wording.errors import AskdocError
from askdoc.wording.phrases import LANGUAGES, Lang, phrase

__all__ = ["LANGUAGES", "AskdocError", "Lang", "phrase"]
