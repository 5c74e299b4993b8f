"""Complaints about the catalogue's own files, worded in this room.

They are SheetErrors, so that whoever reads knowledge meets one kind of error with file and line.
"""

from typing import TypeVar

from askdoc.policy.strict_yaml import Scalar, SheetError
from askdoc.wording import Lang, phrase

Choice = TypeVar("Choice", bound=str)


class CatalogueSheetError(SheetError):
    """A row of the catalogue cannot be taken as it stands.

    Fields: `place` (file:line), `problem` (a phrase under medicines.sheet) and what it needs.
    """

    code = "medicines.sheet"

    def sentence(self, lang: Lang) -> str:
        told = {name: said for name, said in self.fields.items() if name != "problem"}
        said = phrase(f"medicines.sheet.{self.problem}", lang, **told)
        return phrase("medicines.error.sheet", lang, place=self.fields["place"], said=said)


def chosen(found: Scalar, allowed: tuple[Choice, ...]) -> Choice:
    """The allowed choice that the scalar names; raises SheetError for any other."""
    name = found.one_of(allowed)
    return next(choice for choice in allowed if choice == name)
