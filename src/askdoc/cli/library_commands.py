"""`askdoc library`: the documents that are searched."""

from pathlib import Path
from typing import Annotated

import typer

from askdoc.bootstrap import House
from askdoc.cli.options import Json, Language, Region
from askdoc.cli.words import asked_lang
from askdoc.settings import read_settings

library = typer.Typer(rich_markup_mode=None, help="The documents that are searched.")


@library.command("add")
def add_to_library(
    files: list[Path],
    region: Region = None,
    scheme: Annotated[str | None, typer.Option(help="employee, resident or both: a,b.")] = None,
    begins: Annotated[str | None, typer.Option("--from", help="First day in force.")] = None,
    ends: Annotated[str | None, typer.Option("--to", help="Last day in force.")] = None,
    id: Annotated[str | None, typer.Option(help="Its id; otherwise from the file name.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issued it.")] = None,
    number: Annotated[str | None, typer.Option(help="Its document number.")] = None,
    confidence: Annotated[
        str | None, typer.Option(help="official, secondary or unverified.")
    ] = None,
    lang: Language = None,
    json: Json = False,
) -> int:
    """Add PDF, DOCX, HTML, TXT or Markdown files; one of the same id is replaced."""
    from askdoc.cli.library import add_files

    flags = {"region": region, "schemes": scheme, "from": begins, "to": ends, "id": id}
    flags |= {"title": title, "issuer": issuer, "number": number, "confidence": confidence}
    return add_files(House(read_settings()), files, flags, asked_lang(lang), json)


@library.command("list")
def list_library(lang: Language = None, json: Json = False) -> None:
    """List all documents."""
    from askdoc.cli.library import list_documents

    list_documents(House(read_settings()), asked_lang(lang), json)


@library.command("show")
def show_from_library(id: str, lang: Language = None, json: Json = False) -> None:
    """Show a document, passage by passage."""
    from askdoc.cli.library import show_document

    show_document(House(read_settings()), id, asked_lang(lang), json)


@library.command("remove")
def remove_from_library(id: str, lang: Language = None) -> None:
    """Remove a document of your own."""
    from askdoc.cli.library import remove_document

    remove_document(House(read_settings()), id, asked_lang(lang))


@library.command("rebuild")
def rebuild_library(lang: Language = None) -> None:
    """Make all vectors and the index anew."""
    from askdoc.cli.library import make_anew

    make_anew(House(read_settings()), asked_lang(lang))
