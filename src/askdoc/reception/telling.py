"""An answer of the assistant as messages of a chat: its sentences, the sum, what it rests on."""

import secrets
from collections.abc import Iterable

from askdoc.assistant.answer import Answer
from askdoc.assistant.answers import telling
from askdoc.reception.chat import Offered, Offers
from askdoc.reception.reaction import Saying
from askdoc.wording import Lang, phrase

MOST_BUTTONS = 8
_MOST_LABEL = 60


def told(answer: Answer, about: str | None = None) -> Saying:
    """The whole answer; `about` is for whom it is, where a chat asks for several people."""
    lang = answer.lang
    lines = list(answer.lines)
    if about is not None:
        lines.insert(0, phrase("reception.about", lang, who=about))
    if answer.steps and answer.kind != "ask":
        lines.append(phrase("reception.steps", lang))
        lines += [
            phrase("reception.step", lang, step=telling.step(one, lang), yuan=f"{one.figure:.2f}")
            for one in telling.shown_steps(answer.steps)
        ]
    if answer.sources and answer.kind != "ask":
        lines.append(phrase("reception.sources", lang))
        lines += [f"· {telling.source_line(one, lang)}" for one in answer.sources]
    shown = tuple(
        Offered(new_id(), one.label[:_MOST_LABEL], "say", dict(one.sets))
        for one in answer.choices[:MOST_BUTTONS]
    )
    text = "\n".join(lines)
    return Saying(text, Offers(text, shown) if shown else None)


def new_id() -> str:
    """The id of a button, which says nothing and cannot be guessed."""
    return f"t{secrets.token_urlsafe(12)}"


def saying(text: str, buttons: Iterable[tuple[str, str]] = ()) -> Saying:
    """A text with buttons, each a label and what pressing it does, under ids of its own."""
    shown = tuple(
        Offered(new_id(), label[:_MOST_LABEL], does) for label, does in list(buttons)[:MOST_BUTTONS]
    )
    return Saying(text, Offers(text, shown) if shown else None)


def said(name: str, lang: Lang, buttons: Iterable[str] = (), **fields: object) -> Saying:
    """A phrase of the reception, with buttons of its own: each is what pressing it does."""
    shown = [
        (phrase(f"reception.button.{does.partition('|')[0].replace(':', '_')}", lang), does)
        for does in buttons
    ]
    return saying(phrase(f"reception.{name}", lang, **fields), shown)
