"""Who is an admin: decided from the settings at every step; menus are only display."""

from dataclasses import dataclass

from bot.model import ChatId


@dataclass(frozen=True, slots=True)
class Roles:
    """The chats of admins; a private chat has the number of its person."""

    admins: frozenset[ChatId]

    def is_admin(self, chat: ChatId) -> bool:
        """Whether this private chat is an admin's."""
        return chat in self.admins
