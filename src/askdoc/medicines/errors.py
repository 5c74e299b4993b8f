"""What can go wrong with imported editions, each with a sentence that a person can act on."""

from askdoc.wording import AskdocError, Lang, phrase


class ImportUnreadable(AskdocError):
    """The file cannot be read at all. Fields: `file`, `reason` under medicines.unreadable."""

    code = "medicines.import_unreadable"

    def sentence(self, lang: Lang) -> str:
        why = phrase(f"medicines.unreadable.{self.fields['reason']}", lang)
        return phrase(
            "medicines.error.import_unreadable", lang, file=self.fields["file"], reason=why
        )


class ImportNoHeader(AskdocError):
    """No row of the file names a column for the medicine. Fields: `file`."""

    code = "medicines.import_no_header"


class ImportEmpty(AskdocError):
    """The file holds no rows. Fields: `file`."""

    code = "medicines.import_empty"


class ImportNothingTaken(AskdocError):
    """Every row of the file was refused. Fields: `file`, `refused` (how many)."""

    code = "medicines.import_nothing_taken"


class EditionNameBad(AskdocError):
    """An edition id cannot be a file name. Fields: `found`."""

    code = "medicines.edition_name_bad"


class EditionDaysBad(AskdocError):
    """An edition would end before it begins. Fields: `begins`, `ends`."""

    code = "medicines.edition_days_bad"


class EditionsOverlap(AskdocError):
    """Two editions hold on one day. Fields: `first`, `second`, `day`."""

    code = "medicines.editions_overlap"


class StoredDamaged(AskdocError):
    """A stored edition cannot be read. Fields: `file`."""

    code = "medicines.stored_damaged"
