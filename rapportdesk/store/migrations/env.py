"""Alembic's environment: runs inside the program, on the connection it is handed, and never opens one of its own."""

from alembic import context

connection = context.config.attributes["connection"]
# SQLite can do DDL in a transaction, but Alembic does not use it unless told so.
context.configure(connection=connection, transactional_ddl=True, transaction_per_migration=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
