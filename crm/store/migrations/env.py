"""How Alembic reaches the book: through the transaction that `crm.store.migrating` opened, and no other way."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
