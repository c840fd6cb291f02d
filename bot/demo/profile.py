"""What a bot says of itself, by language: name, descriptions, commands by scope, menu button."""

from dataclasses import dataclass, field

from bot.demo.envelope import Json


@dataclass(slots=True)
class Profile:
    """Values by language code; an empty code is the default for everybody."""

    default_name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # by (scope, language)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def name(self, language: str) -> str:
        """The bot's name in a language, or the default one."""
        return self.names.get(language) or self.names.get("") or self.default_name

    def shown_commands(self, user_id: int, language: str) -> list[Json]:
        """The command menu of a private chat: the narrowest scope that has commands wins (Bot API, BotCommandScope)."""
        for scope in (f"chat:{user_id}", "all_private_chats", "default"):
            for code in (language, "") if language else ("",):
                if self.commands.get((scope, code)):
                    return self.commands[scope, code]
        return []


def stored(values: dict[str, str], language: str, value: str) -> None:
    """Set a text of one language; an empty one removes it."""
    if value:
        values[language] = value
    else:
        values.pop(language, None)
