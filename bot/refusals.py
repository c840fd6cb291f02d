"""What Telegram's refusals mean: the Bot API has no codes for them, only texts."""

from enum import Enum

from telegram.error import TelegramError


class Refusal(Enum):
    """Refusals that are answered by doing something else; the value: what stands in the text, in lower case."""

    PRESS_TOO_OLD = ("query is too old", "query_id_invalid")
    UNCHANGED = ("message is not modified",)
    # The message is gone or too old to change (48 hours for some kinds).
    CANNOT_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")
    ALREADY_GONE = ("message to delete not found",)
    NOBODY_THERE = ("chat not found", "user is deactivated", "bot was blocked", "peer_id_invalid")

    def meant_by(self, error: TelegramError) -> bool:
        """Whether ``error`` is this refusal."""
        # python-telegram-bot turns "MESSAGE_ID_INVALID" into "Message_id_invalid".
        said = str(error).casefold()
        return any(sign in said for sign in self.value)
