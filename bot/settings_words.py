"""What is said about a setting that is missing or wrong."""

from collections.abc import Mapping

from pydantic.fields import FieldInfo


def sentence(settings: Mapping[str, FieldInfo], name: str, kind: str, message: str) -> str:
    """What is wrong with the setting ``name``, in pydantic's ``kind`` of error, as one German sentence."""
    match kind:
        case "missing":
            hint = {
                "BOT_TOKEN": "@BotFather in Telegram nach einem Token fragen und ihn in .env eintragen",
                "ADMIN_IDS": "die Telegram-Nummer mindestens eines Admins in .env eintragen",
            }.get(name, "in .env eintragen")
            return f"{name} fehlt: {hint}."
        case "string_pattern_mismatch":
            setting = next((item for item in settings.values() if item.alias == name), None)
            example = (setting.examples or [setting.default])[0] if setting else ""
            return f"{name} hat nicht die erwartete Form, z. B. {example}."
        case "int_parsing" | "float_parsing" | "greater_than" | "greater_than_equal" | "less_than_equal":
            return f"{name} braucht {_number_wanted(settings, name)}."
        case _:
            return f"{name} {message}."


def _number_wanted(settings: Mapping[str, FieldInfo], name: str) -> str:
    """What the field's limits allow, e.g. "eine ganze Zahl von 1 bis 365"."""
    item = next(item for item in settings.values() if item.alias == name)
    limits = {
        sign: value
        for limit in item.metadata
        for sign in ("gt", "ge", "le")
        if (value := getattr(limit, sign, None)) is not None
    }
    kind = "eine ganze Zahl" if item.annotation is int else "eine Zahl"
    highest = f" bis {limits['le']}" if "le" in limits else ""
    if "gt" in limits:
        return f"{kind} über {limits['gt']}{highest}"
    return f"{kind} {'von' if highest else 'ab'} {limits['ge']}{highest}"
