"""What stands in a chat is found by the chat, not by reading every letter."""

from typing import Any

from sqlalchemy import event, text

from askdoc.channels.letters import Route
from askdoc.channels.port import Choice, Receipt
from askdoc.storage.database import Database
from askdoc.storage.outbox import SqlOutbox
from askdoc.storage.shown_choices import shown_in
from askdoc.testing.letters import MEMORY, MORNING, RULES, letter

MANY = 2000


def test_the_letters_of_a_chat_are_found_by_an_index(kept_database: Database) -> None:
    outbox = SqlOutbox(kept_database)
    asked = (Choice("t1", "好"),)
    outbox.put([letter("p0", choices=asked)], MORNING)
    held = outbox.take_up(MEMORY, RULES, MORNING)
    assert held is not None
    outbox.settle(held, Receipt("m1", MORNING), RULES, MORNING)
    outbox.put([letter(f"p{one}", choices=asked) for one in range(1, MANY)], MORNING)
    told: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: Any, *_: object) -> None:
        told.append((statement, given))

    with kept_database.writing() as kept:
        kept.execute(text("ANALYZE"))
    with kept_database.reading() as kept:
        event.listen(kept_database.engine, "before_cursor_execute", note)
        shown = shown_in(kept, Route("memory", "chat-p0"))
        event.remove(kept_database.engine, "before_cursor_execute", note)
        explain = "EXPLAIN" if kept_database.file is None else "EXPLAIN QUERY PLAN"
        ((statement, given),) = told
        plan = kept.exec_driver_sql(f"{explain} {statement}", given).all()
    assert shown is not None
    assert shown.choices == ("t1",)
    assert "letters_chat" in str(plan)
