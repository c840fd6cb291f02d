"""What only sounds like danger or urgency, as the triggers that the bot answers with."""

from knowledge.alarm import Sound, alarm
from knowledge.entry import Trigger, Triggers
from knowledge.message import Message


class Sounds:
    """Knows what no list names. What is said then is what the editors wrote for the first danger of their list; a FAQ that
    lists no danger, or nothing urgent, is one for which the editors want none told.
    """

    def __init__(self, triggers: Triggers) -> None:
        self._of: dict[Sound, Trigger] = {}
        if triggers.danger:
            aid = triggers.danger[0].first_aid
            self._of[Sound.DANGER] = Trigger("klingt-nach-gefahr", "Klingt nach Gefahr", (), (), aid)
        if triggers.urgent:
            self._of[Sound.URGENT] = Trigger("klingt-dringend", "Klingt dringend", (), (), "")

    def of(self, message: Message) -> Trigger | None:
        """What ``message`` sounds like, if it does so clearly enough."""
        sound = alarm().chances(message).sound()
        return None if sound is None else self._of.get(sound)
