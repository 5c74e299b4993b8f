"""The house of the demonstration: the knowledge as it is, with a next edition and a next value that
do not exist, in folders of its own.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree, rmtree

from askdoc.bootstrap import House
from askdoc.medicines import Medicine
from askdoc.medicines.edition_store import store_edition
from askdoc.medicines.imported import Imported
from askdoc.medicines.medicine import Edition, PaymentClass
from askdoc.sample.clinic import MEDICINES, sample_region
from askdoc.sample.day import DEMO_NOW
from askdoc.wording import LANGUAGES, phrase

_DAY = timedelta(days=1)
_EDITION, _SOURCE = "sample-next", "sample"
# The medicine whose class is another one in the sample edition.
_CHANGED = MEDICINES[3]
_OTHER: dict[PaymentClass, PaymentClass] = {"A": "B", "B": "A", "negotiated": "B"}


def sample_house(house: House) -> House:
    """The house of the demonstration, apart from the real one."""
    settings = house.settings
    data = settings.data / "demo"
    shown = replace(
        settings,
        knowledge=data / "knowledge",
        data=data,
        config=settings.config / "demo",
        database_url=None,
        model=None,
    )
    _lay_out(house, shown.knowledge)
    _keep_next_edition(House(replace(shown, data=data / "none")), shown.editions)
    return House(shown, house.watching)


def _lay_out(real: House, knowledge: Path) -> None:
    """A copy of the knowledge, made anew, with the sample source and value in it."""
    shipped = real.settings.knowledge
    rmtree(knowledge, ignore_errors=True)
    copytree(shipped, knowledge)
    with (knowledge / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write((shipped / "sample" / "sources.yaml").read_text(encoding="utf-8"))
    value = (shipped / "sample" / "next_values.yaml").read_text(encoding="utf-8")
    region = knowledge / "policy" / sample_region(real.book)
    (region / "sample.yaml").write_text(value, encoding="utf-8")


def _keep_next_edition(house: House, folder: Path) -> None:
    """An edition that follows the one in force, with the medicines of the sample clinic."""
    on = house.catalogue.on(DEMO_NOW.date())
    begins = (on.last_known_day or on.day) + _DAY
    edition = Edition(
        id=_EDITION,
        name={lang: phrase("sample.edition", lang) for lang in LANGUAGES},
        begins=begins,
        ends=begins + 364 * _DAY,
        source=_SOURCE,
        confidence="unverified",
    )
    rows = tuple(_next(one) for one in on.medicines if one.id in MEDICINES)
    store_edition(Imported(rows, (), (), (), len(rows)), edition, folder)


def _next(one: Medicine) -> Medicine:
    is_changed = one.id == _CHANGED and one.payment_class in _OTHER
    return replace(one, payment_class=_OTHER[one.payment_class]) if is_changed else one
