"""What a doctor may discuss with somebody who finds their medicine dear.

Names, classes and unit prices as the catalogue holds them; askdoc never says "switch".
"""

from askdoc.api.calls import Call
from askdoc.assistant.answers import telling
from askdoc.desk.tasks import Task
from askdoc.medicines import Medicine, cheaper_alternatives
from askdoc.medicines.medicine import Price
from askdoc.storage.database import Kept
from askdoc.storage.refill_answers import medicines_held
from askdoc.wording import Lang, phrase


def to_discuss(kept: Kept, call: Call, task: Task) -> list[str]:
    """A sentence for each medicine of the resident for which the list has something cheaper."""
    if task.barrier != "cost" or task.resident is None:
        return []
    on = call.front.house.catalogue.on(call.today)
    held = set(medicines_held(kept, task.resident, call.today))
    lines = []
    for medicine in on.medicines:
        found = cheaper_alternatives(medicine, on) if medicine.id in held else ()
        if found:
            names = phrase("medicines.list_mark", call.lang).join(
                _told(one, price, call.lang) for one, price in found
            )
            lines.append(phrase("refills.cheaper", call.lang, name=medicine.name, names=names))
    return lines


def _told(medicine: Medicine, price: Price, lang: Lang) -> str:
    return phrase(
        "refills.cheaper_one",
        lang,
        name=medicine.name,
        class_=phrase(f"medicines.class.{medicine.payment_class}", lang),
        amount=telling.yuan(price.amount, lang),
        per=price.per,
    )
