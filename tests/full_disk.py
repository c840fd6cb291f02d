"""A disk without space, for tests: SQLite refuses every write, or every page more, until there is space again."""

from bot.storage import Store


async def fill(store: Store) -> None:
    """From now on nothing can be written."""
    await store._writer.execute("PRAGMA query_only = ON")


async def clear(store: Store) -> None:
    """There is space again."""
    await store._writer.execute("PRAGMA query_only = OFF")


async def no_page_more(store: Store) -> None:
    """From now on the file cannot grow: what fits into its free pages can be written."""
    row = await store.read.one("PRAGMA page_count")
    assert row is not None
    async with store.transaction() as tx:
        await tx.one(f"PRAGMA max_page_count = {row['page_count']}")


async def pages_again(store: Store) -> None:
    """The file may grow again."""
    async with store.transaction() as tx:
        await tx.one("PRAGMA max_page_count = 1000000")
