"""/statistik: what employers ask, in words, pictures and a table; for admins and editors."""

import asyncio
from dataclasses import dataclass

from telegram import CallbackQuery, Update

from bot.library import Library
from bot.model import ChatId, Outgoing
from bot.survey import Figures, Survey
from bot.survey_charts import Theme, draw
from handlers import buttons, render_survey, texts_survey
from handlers.replies import Context, acknowledge, chat_of, refuse, refuse_press, say
from handlers.roles import Roles


@dataclass(frozen=True, slots=True)
class SurveyDesk:
    """Shows ``Figures`` and nothing beside them."""

    library: Library
    survey: Survey
    roles: Roles

    async def on_command(self, update: Update, context: Context) -> None:
        """The numbers in words, then the pictures."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse(context, chat, "statistik", role="editor")
            return
        knowledge = self.library.current.knowledge
        figures = await self.survey.figures(knowledge)
        await say(context, chat, render_survey.overview(figures, knowledge))
        await self._send_pictures(context, chat, figures, Theme.LIGHT)

    async def on_button(
        self,
        update: Update,
        context: Context,
        query: CallbackQuery,
        button: buttons.ShowCharts | buttons.ExportSurvey,
    ) -> None:
        """The pictures for day or night, or the table."""
        chat = chat_of(update)
        if not self.roles.is_editor(chat):
            await refuse_press(query, chat, role="editor")
            return
        await acknowledge(query)
        knowledge = self.library.current.knowledge
        figures = await self.survey.figures(knowledge)
        if figures.empty:
            await say(context, chat, Outgoing(texts_survey.EMPTY))
        elif isinstance(button, buttons.ShowCharts):
            await self._send_pictures(context, chat, figures, Theme.DARK if button.dark else Theme.LIGHT)
        else:
            since, until = render_survey.period(figures)
            await context.bot.send_document(
                chat,
                render_survey.table(figures, knowledge),
                filename=texts_survey.TABLE_NAME.format(until=f"{figures.weeks[-1]:%Y-%m-%d}"),
                caption=texts_survey.TABLE_CAPTION.format(since=since, until=until),
            )

    async def _send_pictures(self, context: Context, chat: ChatId, figures: Figures, theme: Theme) -> None:
        for number, panels in enumerate(render_survey.pictures(figures, self.library.current.knowledge), 1):
            png = await asyncio.to_thread(draw, panels, theme)
            await context.bot.send_photo(
                chat, png, caption=panels[0].title, filename=f"statistik-{number}.png"
            )
