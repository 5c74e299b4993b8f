"""What Alembic runs: the migrations, in the transaction that `migrating` has begun."""

from alembic import context

from askdoc.storage.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
