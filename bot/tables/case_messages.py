"""The map message → case: a reply to any of these messages is a word in the case, as long as the case lives."""

from bot.model import Case, CaseId, ChatId, MessageId
from bot.storage import Reader, Transaction
from bot.tables.cases import from_row


async def case_of(reader: Reader, chat: ChatId, message: MessageId) -> Case | None:
    """The case that this message of this chat belongs to."""
    row = await reader.one(
        "SELECT cases.* FROM case_messages JOIN cases ON cases.id = case_messages.case_id"
        " WHERE case_messages.chat_id = ? AND case_messages.message_id = ?",
        chat,
        message,
    )
    return from_row(row, reader) if row else None


async def are_in(reader: Reader, chat: ChatId, case_id: CaseId) -> bool:
    """Whether any message of this case is in this chat."""
    sql = "SELECT 1 FROM case_messages WHERE chat_id = ? AND case_id = ? LIMIT 1"
    return await reader.one(sql, chat, case_id) is not None


async def put(tx: Transaction, chat: ChatId, message: MessageId, case_id: CaseId) -> None:
    """From now on a reply to this message is a word in this case."""
    sql = "INSERT INTO case_messages (chat_id, message_id, case_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    await tx.run(sql, chat, message, case_id)


async def put_newest(tx: Transaction, chat: ChatId, message: MessageId, case_id: CaseId) -> None:
    """The same for the message a question was written in, which may have opened a case before."""
    sql = (
        "INSERT INTO case_messages (chat_id, message_id, case_id) VALUES (?, ?, ?)"
        " ON CONFLICT (chat_id, message_id) DO UPDATE SET case_id = excluded.case_id"
    )
    await tx.run(sql, chat, message, case_id)
