"""A database that is gone, full, busy, damaged, newer or not ours: one sentence, nothing lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from askdoc.assistant.talk.transcript import Transcript, UnknownConversation
from askdoc.storage.database import connect
from askdoc.storage.failures import (
    BadAddress,
    Busy,
    Damaged,
    NewerDatabase,
    Unreachable,
)
from askdoc.storage.migrating import migrate
from askdoc.storage.tables import VERSION_TABLE
from askdoc.storage.transcript import SqlTranscript, open_transcript
from askdoc.testing.postgres import Cluster
from askdoc.wording import AskdocError

from .conftest import NOW, Address, turn

Opened = Callable[[Address], Transcript]


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, str]:
    """A closed file with a conversation of thirty turns."""
    file = tmp_path / "askdoc.db"
    transcript = open_transcript(file)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    for number in range(30):
        transcript.append(conversation, turn("能报多少" * 30), {"turn": number})
    transcript.close()
    return file, conversation


@pytest.mark.parametrize(
    "said",
    ["", "askdoc.db", "sqlite://", "sqlite:///:memory:?x=1", "mysql://u:secret@h/d", "::secret::",
     "postgresql://u:secret@h", "postgresql://u:secret@h:port/d"],
)  # fmt: skip
def test_an_address_of_no_kind_we_know_is_refused(said: str) -> None:
    with pytest.raises(BadAddress) as refused:
        open_transcript(said)
    assert "ASKDOC_DATABASE" in refused.value.sentence("zh")
    assert "secret" not in str(refused.value)


def test_a_missing_driver_is_named() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from askdoc.storage.transcript import open_transcript\n"
        "try: open_transcript('postgresql://u@h/d')\n"
        "except Exception as failed: print(failed.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "storage.no_driver"


def test_an_option_that_the_driver_does_not_know_is_a_bad_address() -> None:
    with pytest.raises(BadAddress):
        open_transcript("postgresql://u:secret@127.0.0.1:1/d?no_such_option=1")


def test_a_server_that_is_not_there_says_so_without_the_password() -> None:
    with pytest.raises(Unreachable) as refused:
        open_transcript("postgresql://someone:secret@127.0.0.1:1/askdoc")
    assert "127.0.0.1/askdoc" in refused.value.sentence("zh")
    assert "secret" not in refused.value.sentence("zh")


def test_a_database_that_the_server_has_not_is_unreachable(cluster: Cluster) -> None:
    there = cluster.new_database()
    with pytest.raises(Unreachable):
        open_transcript(there + "_not")


def test_a_server_that_stops_is_unreachable_and_found_again(
    cluster: Cluster, opened: Opened
) -> None:
    transcript = opened(cluster.new_database())
    conversation = transcript.open_conversation("cli", "resident", NOW)
    transcript.append(conversation, turn(), {"turn": 1})
    cluster.stop()
    try:
        with pytest.raises(Unreachable):
            transcript.append(conversation, turn(), {"turn": 2})
        with pytest.raises(Unreachable):
            transcript.window(conversation, 3)
    finally:
        cluster.start()
    assert transcript.append(conversation, turn(), {"turn": 2}) == 2


def test_one_who_may_not_make_tables_is_told(cluster: Cluster) -> None:
    there = cluster.new_database()
    admin = connect(there)
    with admin.writing() as connection:
        name = there.rsplit("/", 1)[1]
        connection.execute(text("CREATE ROLE visitor LOGIN"))
        connection.execute(text(f"REVOKE CREATE ON SCHEMA public FROM public; "
                                f"GRANT CONNECT ON DATABASE {name} TO visitor"))  # fmt: skip
    admin.close()
    with pytest.raises(Unreachable):
        open_transcript(there.replace("postgres:secret", "visitor"))


def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(Unreachable) as refused:
        open_transcript(tmp_path / "data" / "askdoc.db")
    assert str(tmp_path) in refused.value.sentence("en")


def test_a_file_that_went_away_is_missed_not_begun_anew(filled: tuple[Path, str]) -> None:
    file, conversation = filled
    database = connect(file)
    file.unlink()
    with pytest.raises(Unreachable):
        SqlTranscript(database).window(conversation, 1)
    assert not file.exists()
    database.close()


def test_a_file_that_goes_away_while_it_is_in_use_is_missed(filled: tuple[Path, str]) -> None:
    file, conversation = filled
    database = connect(file)
    transcript = SqlTranscript(database)
    assert transcript.window(conversation, 1)
    with database.reading():
        file.unlink()
    for _ in range(3):
        with pytest.raises(Unreachable):
            transcript.window(conversation, 1)
    assert not file.exists()
    database.close()


def test_a_connection_made_while_its_file_went_away_is_not_used(tmp_path: Path) -> None:
    file = tmp_path / "askdoc.db"
    database = connect(file)
    migrate(database)
    with database.reading() as kept:
        # As it is noted when the file goes between the opening and the look at it.
        kept.info["file"] = None
    file.unlink()
    with pytest.raises(Unreachable), database.reading():
        pass
    database.close()


def test_what_was_kept_in_a_file_that_went_away_meanwhile_is_not_called_kept(
    tmp_path: Path,
) -> None:
    database = connect(tmp_path / "askdoc.db")
    migrate(database)

    def writes() -> None:
        with database.writing() as kept:
            (tmp_path / "askdoc.db").rename(tmp_path / "elsewhere.db")
            kept.execute(text("DELETE FROM heard"))

    with pytest.raises(Unreachable):
        writes()
    (tmp_path / "elsewhere.db").rename(tmp_path / "askdoc.db")
    with database.writing() as kept:
        kept.execute(text("DELETE FROM heard"))
    database.close()


def test_a_file_put_in_the_place_of_another_is_the_one_that_is_read(
    filled: tuple[Path, str], tmp_path: Path
) -> None:
    file, conversation = filled
    database, other = connect(file), connect(tmp_path / "other.db")
    migrate(other)
    other.close()
    transcript = SqlTranscript(database)
    assert transcript.window(conversation, 1)
    (tmp_path / "other.db").replace(file)
    with pytest.raises(UnknownConversation):
        transcript.window(conversation, 1)
    database.close()


def test_a_full_disk_loses_only_the_turn_that_did_not_fit(filled: tuple[Path, str]) -> None:
    file, conversation = filled
    database = connect(file)
    migrate(database)
    transcript = SqlTranscript(database)
    with database.bare() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Unreachable):
        transcript.append(conversation, turn("报" * 50_000), {"turn": "lost"})
    assert transcript.state(conversation) == {"turn": 29}
    assert len(transcript.window(conversation, 50)) == 30
    database.close()


def test_one_who_holds_the_file_too_long_is_waited_for_and_then_named(
    filled: tuple[Path, str],
) -> None:
    file, conversation = filled
    database = connect(file)
    transcript = SqlTranscript(database)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with database.bare() as connection:
        connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(Busy):
        transcript.append(conversation, turn(), {})
    assert len(transcript.window(conversation, 50)) == 30
    holder.rollback()
    assert transcript.append(conversation, turn(), {}) == 31
    holder.close()
    database.close()


def test_a_newer_database_is_refused_and_left_as_it_is(address: Address) -> None:
    open_transcript(address).close()
    database = connect(address)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(NewerDatabase) as refused:
        open_transcript(address)
    assert "升级" in refused.value.sentence("zh")
    with database.reading() as connection:
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).all()
    assert found == [("9999",)]
    database.close()


def test_another_program_s_tables_are_left_alone(address: Address) -> None:
    database = connect(address)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE turns (whose TEXT)"))
        connection.execute(text("INSERT INTO turns VALUES ('another')"))
    with pytest.raises(Damaged):
        open_transcript(address)
    with database.reading() as connection:
        assert connection.execute(text("SELECT * FROM turns")).all() == [("another",)]
    database.close()


@pytest.mark.parametrize("content", [b"not a database\n" * 500, bytes(8192), b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "askdoc.db"
    file.write_bytes(content)
    with pytest.raises(Damaged) as refused:
        open_transcript(file)
    assert str(file) in refused.value.sentence("zh")
    assert file.read_bytes() == content


def test_a_truncated_file_is_named_and_left_as_it_is(
    filled: tuple[Path, str], opened: Opened
) -> None:
    file, conversation = filled
    cut = file.read_bytes()[:8192]
    file.write_bytes(cut)
    with pytest.raises(Damaged):
        opened(file).window(conversation, 50)
    assert file.read_bytes() == cut


def test_damage_anywhere_ends_in_one_of_our_sentences(filled: tuple[Path, str]) -> None:
    file, conversation = filled
    whole, chance, refused = file.read_bytes(), Random(7), 0
    for _ in range(150):
        for one in file.parent.iterdir():
            one.unlink()
        broken = bytearray(whole)
        upto = chance.choice([100, 4096, len(broken)])
        for _ in range(chance.choice([1, 30, 2000])):
            broken[chance.randrange(upto)] = chance.randrange(256)
        file.write_bytes(broken)
        try:
            use_everything(file, conversation)
        except AskdocError:
            refused += 1
    assert refused > 50


def use_everything(file: Path, conversation: str) -> None:
    transcript = open_transcript(file)
    try:
        transcript.window(conversation, 100)
        transcript.state(conversation)
        transcript.append(conversation, turn(), {})
        transcript.handed_over(conversation)
        transcript.forget(conversation)
    finally:
        transcript.close()


def test_errors_of_the_library_do_not_show_what_was_said(filled: tuple[Path, str]) -> None:
    file, conversation = filled
    with sqlite3.connect(file) as raw:
        raw.execute("DROP TABLE turns")
    raw.close()
    transcript = open_transcript(file)
    with pytest.raises(Damaged) as refused:
        transcript.append(conversation, turn("我有高血压"), {})
    assert "高血压" not in str(refused.value.__cause__)
    transcript.close()
