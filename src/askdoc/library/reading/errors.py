"""Why a file of the user's own cannot be read, each with a sentence that says what to do.

Every field `file` is the file's name without its folder: a sentence may be shown or logged,
and where somebody keeps their papers is nobody's business.
"""

from askdoc.wording import AskdocError, Lang, phrase


class UnreadableFile(AskdocError):
    """A file that gives no draft. Every subclass has the field `file`."""


class FileMissing(UnreadableFile):
    """There is no such file."""

    code = "library.file_missing"


class NotAFile(UnreadableFile):
    """The path is a folder or a device."""

    code = "library.not_a_file"


class FileNotAllowed(UnreadableFile):
    """The system does not let us open it."""

    code = "library.file_not_allowed"


class FileTooLarge(UnreadableFile):
    """The file is larger than the limit. Fields: `limit` in megabytes."""

    code = "library.file_too_large"


class FileEmpty(UnreadableFile):
    """The file holds nothing but blanks."""

    code = "library.file_empty"


class FormatUnknown(UnreadableFile):
    """The name does not end in one of the known formats."""

    code = "library.format_unknown"


class ContentMismatch(UnreadableFile):
    """The content is not what the name says. Fields: `found`, under library.found."""

    code = "library.content_mismatch"

    def sentence(self, lang: Lang) -> str:
        found = phrase(f"library.found.{self.fields['found']}", lang)
        return phrase("library.error.content_mismatch", lang, file=self.fields["file"], found=found)


class OldWordFile(UnreadableFile):
    """A Word document of the time before docx."""

    code = "library.old_word_file"


class BinaryContent(UnreadableFile):
    """A text file that holds program data instead of text."""

    code = "library.binary_content"


class NulBytes(UnreadableFile):
    """A text file with zero bytes between the letters."""

    code = "library.nul_bytes"


class EncodingUnknown(UnreadableFile):
    """No known way of writing characters fits the bytes."""

    code = "library.encoding_unknown"


class LineTooLong(UnreadableFile):
    """One line holds more than a document can. Fields: `limit` in characters."""

    code = "library.line_too_long"


class PdfTruncated(UnreadableFile):
    """The end of the PDF, or some of its pages, is missing."""

    code = "library.pdf_truncated"


class PdfEncrypted(UnreadableFile):
    """The PDF opens with a password only."""

    code = "library.pdf_encrypted"


class PdfScanned(UnreadableFile):
    """Pages are pictures without text. Fields: `pages`, as a list to read."""

    code = "library.pdf_scanned"


class PdfDamaged(UnreadableFile):
    """The PDF cannot be taken apart."""

    code = "library.pdf_damaged"


class WordEncrypted(UnreadableFile):
    """The Word file opens with a password only."""

    code = "library.word_encrypted"


class WordDamaged(UnreadableFile):
    """The Word file cannot be taken apart."""

    code = "library.word_damaged"


class PackedTooTight(UnreadableFile):
    """The Word file unpacks to an absurd size (a zip bomb)."""

    code = "library.packed_too_tight"


class NoText(UnreadableFile):
    """The file is sound but holds no words."""

    code = "library.no_text"


class LostCharacters(UnreadableFile):
    """Too many characters were replaced when the file was made. Fields: `count`."""

    code = "library.lost_characters"


class GarbledText(UnreadableFile):
    """The text was decoded wrongly before it was saved. Fields: `sample`."""

    code = "library.garbled_text"


class PrivateCharacters(UnreadableFile):
    """Characters that only the file's own font can show. Fields: `count`."""

    code = "library.private_characters"


class SpamContent(UnreadableFile):
    """Adverts, links or one line over and over. Fields: `sample`."""

    code = "library.spam_content"


class TooMuchMemory(UnreadableFile):
    """Reading it would need more memory than allowed."""

    code = "library.too_much_memory"


class TooSlow(UnreadableFile):
    """Reading it took longer than allowed. Fields: `seconds`."""

    code = "library.too_slow"


class TooMuchText(UnreadableFile):
    """The text that was read is larger than a draft may be."""

    code = "library.too_much_text"


class ReaderCrashed(UnreadableFile):
    """The program that reads the format broke down on this file."""

    code = "library.reader_crashed"


def kinds_by_code() -> dict[str, type[UnreadableFile]]:
    """The classes by their code, to raise in one process what another one found."""
    return {kind.code: kind for kind in UnreadableFile.__subclasses__()}
