"""`askdoc model`: which model answers, and the person's consent to an outside one."""

from askdoc.cli.tables import lines
from askdoc.consent import agree as keep_consent
from askdoc.consent import has_agreed
from askdoc.consent import withdraw as end_consent
from askdoc.settings import Settings
from askdoc.wording import Lang, phrase


def show_model(settings: Settings, agree: bool, withdraw: bool, lang: Lang) -> None:
    """Change the consent as asked, then say how things stand."""
    if withdraw and end_consent(settings.consent_file):
        lines([phrase("cli.model.withdrawn", lang)])
    chosen = settings.model
    if chosen is None:
        lines([phrase("cli.model.planner", lang)])
        return
    if agree and not withdraw:
        keep_consent(settings.consent_file, chosen.consent)
    agreed = has_agreed(settings.consent_file, chosen.consent)
    lines([phrase(f"cli.model.{'agreed' if agreed else 'waits'}", lang, model=chosen.consent)])
