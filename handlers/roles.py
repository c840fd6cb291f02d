"""Who is an admin or editor: decided from the settings at every step; menus are only display."""

from dataclasses import dataclass

from bot.model import ChatId


@dataclass(frozen=True, slots=True)
class Roles:
    """The chats of admins; a private chat has the number of its person."""

    admins: frozenset[ChatId]
    editors: frozenset[ChatId] = frozenset()

    @property
    def staff(self) -> frozenset[ChatId]:
        """Everybody who may change the knowledge."""
        return self.admins | self.editors

    def is_admin(self, chat: ChatId) -> bool:
        """Whether this private chat is an admin's."""
        return chat in self.admins

    def is_editor(self, chat: ChatId) -> bool:
        """Whether this private chat may change the knowledge: an editor's or an admin's."""
        return chat in self.staff
