"""Settings of the Lotse's desk: the ladder, taking back, the load of one Lotse."""

from datetime import timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from bot.steps import Steps
from knowledge.schema import LAENDER


class DeskSettings(BaseModel):
    """How cases are worked on."""

    take_hours: Annotated[
        float,
        Field(
            alias="TAKE_HOURS",
            gt=0,
            le=100,
            description="Nach so vielen Sprechstunden (des Lotsen, ohne Feiertage) wird an einen nicht übernommenen Fall erinnert.",
        ),
    ] = 4
    step_hours: Annotated[
        float,
        Field(
            alias="STEP_HOURS",
            gt=0,
            le=100,
            description="Nach so vielen weiteren Sprechstunden geht der Fall an die Vertretung, dann an die Koordination, dann die Kontaktkarte an den Betrieb.",
        ),
    ] = 4
    urgent_minutes: Annotated[
        float,
        Field(
            alias="URGENT_MINUTES",
            gt=0,
            le=600,
            description="Bei dringenden Fällen dauert jede dieser Stufen nur so viele Minuten der Sprechzeit.",
        ),
    ] = 30
    undo_seconds: Annotated[
        int,
        Field(
            alias="UNDO_SECONDS",
            ge=0,
            le=300,
            description="So viele Sekunden kann ein Lotse eine Antwort zurücknehmen, bevor sie zum Betrieb geht. 0: sofort senden.",
        ),
    ] = 30
    reopen_days: Annotated[
        int,
        Field(
            alias="REOPEN_DAYS",
            ge=1,
            le=365,
            description="So viele Tage kann ein Betrieb einen geschlossenen Fall wieder öffnen; nie länger, als Fälle gespeichert bleiben.",
        ),
    ] = 14
    load_cap: Annotated[
        int,
        Field(
            alias="LOAD_CAP",
            ge=1,
            le=1000,
            description="Ab so vielen offenen Fällen bekommt ein Lotse neue nur noch, wenn im Bezirk alle so viele haben.",
        ),
    ] = 15

    digest_land: Annotated[
        str,
        Field(
            alias="DIGEST_LAND",
            pattern=f"^({'|'.join(LAENDER)})?$",
            examples=["NW"],
            description="Land (zwei Buchstaben), dessen Feiertage den Wochenbericht verschieben. Leer: nur bundesweite Feiertage.",
        ),
    ] = ""

    def steps(self) -> Steps:
        """How long each step of the ladder waits."""
        return Steps(
            take=timedelta(hours=self.take_hours),
            step=timedelta(hours=self.step_hours),
            urgent=timedelta(minutes=self.urgent_minutes),
        )
