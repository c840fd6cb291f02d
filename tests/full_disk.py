"""A disk without space, for tests: SQLite refuses every write until there is space again."""

from bot.storage import Store


async def fill(store: Store) -> None:
    """From now on nothing can be written."""
    await store._writer.execute("PRAGMA query_only = ON")


async def clear(store: Store) -> None:
    """There is space again."""
    await store._writer.execute("PRAGMA query_only = OFF")
