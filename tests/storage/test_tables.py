"""What stands in the tables: what migrations make, what a read costs, what forgetting leaves."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, func, inspect, select, text

from askdoc.assistant.talk.transcript import Transcript
from askdoc.bootstrap import House
from askdoc.settings import read_settings
from askdoc.storage.database import Database, connect
from askdoc.storage.migrating import MIGRATIONS, REVISIONS, migrate
from askdoc.storage.tables import VERSION_TABLE, metadata, turns
from askdoc.storage.transcript import SqlTranscript
from askdoc.testing.postgres import Cluster

from .conftest import NOW, Address, left_to_staff, turn

Opened = Callable[[Address], Transcript]


def test_the_migrations_make_the_tables_that_the_code_knows(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_list_of_migrations_is_complete() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert [one.revision for one in scripts.walk_revisions()][::-1] == list(REVISIONS)


def test_opening_again_changes_nothing(database: Database, address: Address) -> None:
    conversation = SqlTranscript(database).open_conversation("cli", "resident", NOW)
    again = connect(address)
    migrate(again)
    with again.reading() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, VERSION_TABLE}
        version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).all()
    assert version == [(REVISIONS[-1],)]
    assert SqlTranscript(again).window(conversation, 1) == []
    again.close()


def test_a_migration_that_breaks_off_leaves_nothing(address: Address) -> None:
    database = connect(address)

    def break_off(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        if "CREATE TABLE hand_overs" in statement:
            raise KeyboardInterrupt

    event.listen(database.engine, "before_cursor_execute", break_off)
    with pytest.raises(KeyboardInterrupt):
        migrate(database)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == []
    event.remove(database.engine, "before_cursor_execute", break_off)
    migrate(database)
    assert SqlTranscript(database).open_conversation("cli", "resident", NOW)
    database.close()


def test_a_file_is_its_owner_s_alone_and_writes_ahead(tmp_path: Path, opened: Opened) -> None:
    file = tmp_path / "new" / "100% 我的?.db"
    transcript = opened(file)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    beside = {one.name.removeprefix(file.name): one for one in file.parent.iterdir()}
    assert set(beside) == {"", "-wal", "-shm", ".lock"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in beside.values()} == {0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert opened(f"sqlite:///{tmp_path / 'other.db'}") is not None
    assert opened(file).window(conversation, 1) == []


def test_settings_say_where_the_conversations_are(tmp_path: Path) -> None:
    given = {"ASKDOC_DATA": str(tmp_path), "HOME": str(tmp_path)}
    house = House(read_settings(given))
    conversation = house.transcript.open_conversation("cli", "resident", NOW)
    assert house.transcript is house.transcript
    assert (tmp_path / "askdoc.db").is_file()
    assert house.transcript.window(conversation, 1) == []
    elsewhere = read_settings(given | {"ASKDOC_DATABASE": "postgresql://u@h/d"})
    assert elsewhere.database == "postgresql://u@h/d"


def steps_of_window(transcript: SqlTranscript, database: Database, conversation: str) -> int:
    """How many instructions SQLite runs for a window of five."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with database.bare() as connection:
        connection.set_progress_handler(count, 1)
    assert len(transcript.window(conversation, 5)) == 5
    with database.bare() as connection:
        connection.set_progress_handler(None, 1)
    return counted


def test_the_hundredth_turn_reads_what_the_fifth_did(tmp_path: Path) -> None:
    database = connect(tmp_path / "askdoc.db")
    migrate(database)
    transcript = SqlTranscript(database)
    others = [transcript.open_conversation("cli", "resident", NOW) for _ in range(3)]
    costs = []
    for number in range(1, 101):
        for conversation in others:
            transcript.append(conversation, turn(), {})
        if number in (5, 100):
            costs.append(steps_of_window(transcript, database, others[1]))
    database.close()
    assert costs[0] == costs[1] > 5


def test_a_long_conversation_is_read_by_its_end_on_a_server(cluster: Cluster) -> None:
    database = connect(cluster.new_database())
    migrate(database)
    transcript = SqlTranscript(database)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    transcript.append(conversation, turn(), {})
    asked: list[tuple[str, dict[str, object]]] = []

    def note(
        _c: object, _cursor: object, statement: str, told: dict[str, object], *_: object
    ) -> None:
        asked.append((statement, told))

    with database.writing() as connection:
        columns = ", ".join(f'"{one.name}"' for one in turns.columns if one.name != "number")
        connection.execute(
            text(
                f"INSERT INTO turns (number, {columns}) SELECT n, {columns} "
                "FROM turns, generate_series(2, 2000) AS n"
            )
        )
        connection.execute(text("ANALYZE turns"))
    event.listen(database.engine, "before_cursor_execute", note)
    assert [one.number for one in transcript.window(conversation, 5)] == list(range(1996, 2001))
    event.remove(database.engine, "before_cursor_execute", note)
    statement, told = next(one for one in asked if "FROM turns" in one[0])
    with database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", told)
        node = plan.scalar_one()[0]["Plan"]
    database.close()
    read = []
    while node:
        read.append(node["Actual Rows"])
        node = node.get("Plans", [None])[0]
    assert set(read) == {5}


def test_nothing_of_a_forgotten_conversation_remains(database: Database) -> None:
    transcript = SqlTranscript(database)
    kept, forgotten = (transcript.open_conversation("cli", "resident", NOW) for _ in range(2))
    for number in range(40):
        secret = f"高血压病史{number}" * 200
        state = {"facts": f"高血压病史{number}" * 50}
        transcript.append(forgotten, turn(secret, answer={"text": secret}), state)
        transcript.append(kept, turn("平常的话"), {})
    left_to_staff(transcript, forgotten, "高血压病史")
    transcript.forget(forgotten)
    with database.reading() as connection:
        rows = [
            str(row) for one in metadata.sorted_tables for row in connection.execute(select(one))
        ]
        count = connection.execute(select(func.count()).select_from(turns)).scalar()
    assert len(transcript.window(kept, 100)) == count == 40
    assert [row for row in rows if forgotten in row or "高血压" in row] == []
    if database.file is not None:
        for file in database.file.parent.iterdir():
            whole = file.read_bytes()
            assert "高血压".encode() not in whole
            assert forgotten.encode() not in whole


def test_chinese_is_readable_in_the_database(database: Database) -> None:
    transcript = SqlTranscript(database)
    conversation = transcript.open_conversation("cli", "resident", NOW)
    transcript.append(conversation, turn(answer={"text": "能报"}), {"地区": "上海"})
    with database.reading() as connection:
        raw = connection.execute(text("SELECT CAST(answer AS text) FROM turns")).scalar_one()
        state = connection.execute(
            text("SELECT CAST(state AS text) FROM conversations")
        ).scalar_one()
    assert (raw, state) == ('{"text": "能报"}', '{"地区": "上海"}')
