"""The catalogue of payable medicines: names, classes, payment scopes, editions.

`load_catalogue(folder).on(day)` is the way in; `resolve` turns a name into medicines and
`decide` says whether one is covered. What a reader would not guess: nothing fuzzy ever
resolves, it is only offered. Reading a published list is `askdoc.medicines.edition_import`;
it is not imported here, because no question needs it.
"""

from askdoc.medicines.alternatives import (
    Alternative,
    AlternativePart,
    cheaper_alternatives,
    find_alternatives,
)
from askdoc.medicines.candidates import Candidate, sound_of
from askdoc.medicines.catalogue import Catalogue, CatalogueOnDay, load_catalogue
from askdoc.medicines.conditions import Condition, Conditions
from askdoc.medicines.decision import Decision, Reason, decide, not_recorded, requirement_words
from askdoc.medicines.edition_store import StoredEdition, read_stored, store_edition
from askdoc.medicines.imported import HerbalPiece, Imported, RefusedRow
from askdoc.medicines.medicine import Edition, Medicine, PaymentClass, Requirement, Restriction
from askdoc.medicines.mentions import Mention, find_mentions
from askdoc.medicines.resolve import Resolution, find, resolve
from askdoc.medicines.review import Finding, review
from askdoc.medicines.same_ingredient import Comparison, compare_ingredients
from askdoc.medicines.scope import Scope, ScopeFacts, check_scope

__all__ = [
    "Alternative",
    "AlternativePart",
    "Candidate",
    "Catalogue",
    "CatalogueOnDay",
    "Comparison",
    "Condition",
    "Conditions",
    "Decision",
    "Edition",
    "Finding",
    "HerbalPiece",
    "Imported",
    "Medicine",
    "Mention",
    "PaymentClass",
    "Reason",
    "RefusedRow",
    "Requirement",
    "Resolution",
    "Restriction",
    "Scope",
    "ScopeFacts",
    "StoredEdition",
    "cheaper_alternatives",
    "check_scope",
    "compare_ingredients",
    "decide",
    "find",
    "find_alternatives",
    "find_mentions",
    "load_catalogue",
    "not_recorded",
    "read_stored",
    "requirement_words",
    "resolve",
    "review",
    "sound_of",
    "store_edition",
]
