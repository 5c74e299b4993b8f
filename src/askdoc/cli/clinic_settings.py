"""`askdoc clinic set`, `day` and `staff`: what a clinic says of itself."""

from dataclasses import dataclass
from datetime import date

from askdoc.bootstrap import House
from askdoc.channels.letters import Route
from askdoc.cli.tables import lines
from askdoc.cli.words import BadOption
from askdoc.policy import UnknownRegion
from askdoc.storage.clinic_settings import (
    Member,
    Settings,
    change_settings,
    keep_day,
    keep_member,
    list_staff,
    remove_member,
    settings_of,
)
from askdoc.wording import Lang, phrase

_HOW: dict[str, bool | None] = {"open": True, "closed": False, "usual": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be set; None stays as it is."""

    region: str | None
    open_at_weekends: bool | None
    feed_limit_hours: int | None


def set_up(house: House, clinic: str, wanted: Wanted, lang: Lang) -> None:
    """Set what is wanted, and show all of it. Raises UnknownRegion and UnknownClinic."""
    regions = house.book.regions
    if wanted.region is not None and wanted.region not in regions:
        raise UnknownRegion(region=wanted.region, known=", ".join(sorted(regions)))
    told = {name: getattr(wanted, name) for name in wanted.__slots__}
    told = {name: value for name, value in told.items() if value is not None}
    with house.database.writing() as kept:
        if told:
            change_settings(kept, clinic, told)
        _show(settings_of(kept, clinic), lang)


def set_day(house: House, clinic: str, day: date, how: str, lang: Lang) -> None:
    """Open or close a clinic on a day, and show all its days. Raises BadOption, UnknownClinic."""
    if how not in _HOW:
        raise BadOption(option="HOW", said=how, allowed=", ".join(_HOW))
    with house.database.writing() as kept:
        keep_day(kept, clinic, day, _HOW[how])
        _show(settings_of(kept, clinic), lang)


@dataclass(frozen=True, slots=True)
class Kept:
    """A member of staff as typed; `route` is CHANNEL:CHAT."""

    id: str
    role: str
    route: str | None
    remove: bool


def keep_staff(house: House, clinic: str, told: Kept, lang: Lang) -> None:
    """Keep or remove somebody. Raises BadOption, UnknownClinic and NotThere."""
    channel, colon, chat = (told.route or "").partition(":")
    if told.route is not None and not (channel and colon and chat):
        raise BadOption(option="--route", said=told.route, allowed="telegram:12345")
    routes = (Route(channel, chat),) if told.route else ()
    with house.database.writing() as kept:
        if told.remove:
            remove_member(kept, clinic, told.id)
            lines([phrase("refills.settings.gone", lang, id=told.id)])
        else:
            keep_member(kept, clinic, Member(id=told.id, role=told.role, routes=routes))
    if not told.remove:
        list_members(house, clinic, lang)


def list_members(house: House, clinic: str, lang: Lang) -> None:
    """Show a clinic's staff. Raises UnknownClinic."""
    with house.database.reading() as kept:
        found = list_staff(kept, clinic)
    lines([phrase("refills.settings.member_head", lang, count=len(found))])
    nothing = phrase("refills.settings.no_route", lang)
    for one in found:
        routes = ", ".join(f"{way.channel}:{way.chat}" for way in one.routes) or nothing
        told = {"id": one.id, "role": one.role, "routes": routes}
        lines([phrase("refills.settings.member", lang, **told)])


def _show(found: Settings, lang: Lang) -> None:
    def word(name: str) -> str:
        return phrase(f"refills.settings.{name}", lang)

    told = {
        "clinic": found.id,
        "region": found.region or word("none"),
        "weekends": word("open" if found.open_at_weekends else "closed"),
        "hours": found.feed_limit_hours or word("none"),
    }
    lines([phrase("refills.settings.shown", lang, **told)])
    for day, is_open in sorted(found.own_days.items()):
        how = word("open" if is_open else "closed")
        lines([phrase("refills.settings.day", lang, day=day.isoformat(), how=how)])
