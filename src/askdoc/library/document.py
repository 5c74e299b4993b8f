"""A document and its passages: the nouns that the whole room shares.

A passage is told in versions: where a figure in it changed, each stretch of days has a text of
its own, so that "in force on that day" is a property of the passage and never of its wording.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal, get_args

from askdoc.policy import Confidence
from askdoc.policy.strict_yaml import SheetError
from askdoc.wording import Lang, phrase

Kind = Literal["rule", "procedure", "history", "norm", "term"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# What holds. History and proposals are told apart and never among the rules; what a word means is
# told to whoever asks that, as it lies close to every question with the word.
IN_FORCE_KINDS: tuple[Kind, ...] = ("rule", "procedure")
SCHEMES = ("employee", "resident")


class DocumentError(SheetError):
    """A document cannot be read as it stands; fields as in SheetError."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says of itself.

    `begins` None: it holds for every day before `ends`. `begins_unknown`: the first day is to be
    confirmed. `own`: added by a user, not shipped.
    """

    id: str
    title: dict[Lang, str]
    kind: Kind
    region: str
    schemes: tuple[str, ...]
    topics: tuple[str, ...]
    begins: date | None
    begins_unknown: bool
    ends: date | None
    replaced_by: str | None
    issuer: dict[Lang, str]
    number: str | None
    issued: str | None
    source: str
    confidence: Confidence
    own: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One section of a document as it reads between two days.

    `id` is `document#heading`; versions of one section share it. `sources` are ids of the
    register, or the document's own id when a user added it. `asked` are questions that the
    section answers, `kin` ids of sections that tell the same from another side; both serve the
    search and are no part of the text.
    """

    id: str
    document: str
    title: dict[Lang, str]
    path: tuple[str, ...]
    article: str | None
    text: str
    kind: Kind
    region: str
    schemes: tuple[str, ...]
    begins: date | None
    begins_unknown: bool
    ends: date | None
    confidence: Confidence
    sources: tuple[str, ...]
    asked: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """Title path and text: what is indexed. A line that only states a gap is left out."""
        gap = phrase("library.figure.gap", "zh")
        told = "\n".join(line for line in self.text.split("\n") if not line.endswith(gap))
        return f"{' '.join((self.title['zh'], *self.path))}\n{told}"

    @property
    def counted_as(self) -> str:
        """Title path, text and questions: what words are counted in."""
        return "\n".join((self.read_as, *self.asked))

    @property
    def digest(self) -> str:
        """A short name for exactly this text, under which its vector is kept."""
        return blake2b(self.read_as.encode(), digest_size=12).hexdigest()


def asked_digest(question: str) -> str:
    """The name of a question's vector; never that of a text, which is embedded differently."""
    return blake2b(question.encode(), digest_size=12, person=b"asked").hexdigest()
