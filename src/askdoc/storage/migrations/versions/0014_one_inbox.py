"""Everything that waits for a person is a task: hand-overs, refills and requests for slots too."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.alter_column("conversation", existing_type=sa.String(32), nullable=True)
        tasks.alter_column("owner", existing_type=sa.String(32), type_=sa.Text)
        for name, of in (("clinic", "clinics"), ("resident", "residents")):
            tasks.add_column(sa.Column(name, sa.Text))
            key = f"tasks_{name}_fkey"
            tasks.create_foreign_key(key, of, [name], ["id"], ondelete="CASCADE")
            tasks.create_index(f"ix_tasks_{name}", [name])
        recipient = sa.Column("recipient", sa.String(16), nullable=False, server_default="staff")
        tasks.add_column(recipient)
        tasks.add_column(sa.Column("addressee", sa.Text))
        tasks.add_column(sa.Column("about", sa.Text))
        tasks.add_column(sa.Column("barrier", sa.String(16)))
        tasks.create_index("tasks_once", ["resident", "about", "kind"], unique=True)
    # What staff wrote without a task is gone with the conversation it was about.
    op.execute("DELETE FROM messages WHERE task NOT IN (SELECT id FROM tasks)")
    with op.batch_alter_table("messages") as messages:
        messages.alter_column("conversation", existing_type=sa.String(32), nullable=True)
        messages.create_foreign_key(
            "messages_task_fkey", "tasks", ["task"], ["id"], ondelete="CASCADE"
        )
        messages.create_index("ix_messages_task", ["task"])
    _carry_over()
    op.drop_table("hand_overs")
    op.drop_table("refill_tasks")


def _carry_over() -> None:
    op.execute(
        "UPDATE tasks SET recipient = 'doctor' WHERE id IN "
        "(SELECT id FROM hand_overs WHERE recipient = 'doctor')"
    )
    op.execute(
        "UPDATE tasks SET resident = COALESCE("
        "(SELECT p.resident FROM belongings b JOIN persons p ON p.id = b.person"
        " WHERE b.conversation = tasks.conversation), "
        "(SELECT c.resident FROM chat_people c WHERE c.conversation = tasks.conversation))"
    )
    op.execute("UPDATE tasks SET clinic = (SELECT clinic FROM residents WHERE id = tasks.resident)")
    kept = op.get_bind()
    for row in kept.execute(sa.text(_REFILLS)).mappings().all():
        _add(kept, dict(row))
    for row in kept.execute(sa.text(_SLOTS)).mappings().all():
        _add(kept, {**row, "recipient": "staff", "barrier": None, "owner": None})


_REFILLS = """
SELECT r.kind, r.resident, c.id AS clinic, 'doctor' AS recipient, r.letter AS about, r.barrier,
  '' AS summary, r.opened_at, r.closed_at, r.closed_by AS owner, r.outcome
FROM refill_tasks r LEFT JOIN clinics c ON c.id = r.clinic ORDER BY r.number
"""
_SLOTS = """
SELECT 'slot_request' AS kind, s.person AS resident, r.clinic, s.id AS about, '' AS summary,
  s.made_at AS opened_at,
  CASE WHEN s.state IN ('applied', 'unclear') THEN NULL ELSE s.changed_at END AS closed_at,
  CASE WHEN s.state IN ('applied', 'unclear') THEN NULL ELSE s.state END AS outcome
FROM slot_requests s JOIN residents r ON r.id = s.person ORDER BY s.made_at
"""


def _add(kept: sa.Connection, row: dict[str, Any]) -> None:
    state = "open" if row["closed_at"] is None else "closed"
    told = row | {"id": secrets.token_hex(16), "state": state}
    names, places = ", ".join(told), ", ".join(f":{one}" for one in told)
    kept.execute(sa.text(f"INSERT INTO tasks ({names}) VALUES ({places})"), told)
