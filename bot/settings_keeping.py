"""Settings of what is kept how long, and of how much may be sent."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from bot.flood import Limits
from bot.retention import Retention


class KeepingSettings(BaseModel):
    """Periods of retention and the limits of the flood guard."""

    retention_talk_days: Annotated[
        int,
        Field(
            alias="RETENTION_TALK_DAYS",
            ge=1,
            le=3650,
            description="So viele Tage bleiben letzte Frage und begonnene Schritte eines Chats gespeichert.",
        ),
    ] = 30
    retention_case_days: Annotated[
        int,
        Field(
            alias="RETENTION_CASE_DAYS",
            ge=1,
            le=3650,
            description="So viele Tage bleiben geschlossene Fälle gespeichert.",
        ),
    ] = 180
    retention_gap_days: Annotated[
        int,
        Field(
            alias="RETENTION_GAP_DAYS",
            ge=1,
            le=730,
            description="So viele Tage bleiben Fragen ohne Antwort für /luecken gespeichert, ohne Namen, Nummern und Chatnummer.",
        ),
    ] = 90
    retention_aside_days: Annotated[
        int,
        Field(
            alias="RETENTION_ASIDE_DAYS",
            ge=1,
            le=365,
            description="So viele Tage bleiben Nachrichten gespeichert, die nicht bearbeitet werden konnten.",
        ),
    ] = 14
    flood_per_minute: Annotated[
        int,
        Field(
            alias="FLOOD_PER_MINUTE",
            ge=0,
            description="So viele Nachrichten und Knopfdrücke einer Person in der Minute werden beantwortet; Dringendes und offene Fälle immer. 0: ohne Grenze.",
        ),
    ] = 30
    flood_overall_per_minute: Annotated[
        int,
        Field(
            alias="FLOOD_OVERALL_PER_MINUTE",
            ge=0,
            description="Schreiben alle zusammen mehr als so viel in der Minute, werden je Person nur noch drei beantwortet. 0: ohne Grenze.",
        ),
    ] = 1800

    def retention(self) -> Retention:
        """How long what is kept."""
        return Retention(
            talks=timedelta(days=self.retention_talk_days),
            cases=timedelta(days=self.retention_case_days),
            gaps=timedelta(days=self.retention_gap_days),
            aside=timedelta(days=self.retention_aside_days),
        )

    def flood_limits(self) -> Limits:
        """How much one person and all together may send."""
        return Limits(self.flood_per_minute, self.flood_overall_per_minute)
