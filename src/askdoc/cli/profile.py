"""`askdoc profile set/show/forget`."""

from dataclasses import replace

from askdoc.assistant.answers import telling
from askdoc.bootstrap import House
from askdoc.cli.tables import lines, table
from askdoc.cli.words import BadOption, print_json
from askdoc.profile import NAMES, fitting, forget_profile, read_fact, store_profile
from askdoc.wording import Lang, phrase

ACTIONS = ("set", "show", "forget")


def keep_profile(house: House, action: str, facts: list[str], lang: Lang, json: bool) -> None:
    """Set facts (`fact=value …`), show them, or forget them all."""
    if action not in ACTIONS:
        raise BadOption(option="profile", said=action, allowed=", ".join(ACTIONS))
    if action == "forget":
        there_was = forget_profile(house.settings.profile_file)
        said = "forgotten" if there_was else "nothing"
        print_json({"forgotten": there_was}) if json else lines(
            [phrase(f"cli.profile.{said}", lang)]
        )
        return
    profile = house.profile
    if action == "set":
        told: dict[str, str] = {}
        for said in facts:
            name, sign, value = said.partition("=")
            if not sign or name not in NAMES:
                raise BadOption(option="profile set", said=said, allowed=_forms())
            told[name] = value
        if not told:
            raise BadOption(option="profile set", said="", allowed=_forms())
        scheme = told.get("scheme", profile.scheme)
        read = {name: read_fact(name, value, scheme, house.book) for name, value in told.items()}
        profile = fitting(replace(profile, **read))  # type: ignore[arg-type]
        store_profile(house.settings.profile_file, profile)
    if json:
        print_json(profile.told())
        return
    rows = [
        (phrase(f"assistant.name.{name}", lang), telling.fact(name, fact, lang, house.book))
        for name, fact in profile.told().items()
    ]
    if rows:
        table(
            phrase("cli.profile.title", lang),
            [phrase(f"cli.head.{one}", lang) for one in ("fact", "said")],
            rows,
        )
    else:
        lines([phrase("cli.profile.nothing", lang)])


def _forms() -> str:
    return ", ".join(f"{name}=…" for name in NAMES)
