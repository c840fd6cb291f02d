"""Answers to presses on buttons and to inline queries.

Times: a callback query can be answered while Telegram keeps it, which the documents do not say exactly; the stand-in
refuses after 15 minutes. Inline queries: after 30 s they are not even delivered any more; answers end there too.
"""

import re
from datetime import timedelta
from typing import Any

from bot.demo import markup
from bot.demo.envelope import ApiError, Json, refused
from bot.demo.invocation import MOST_TEXT, Invocation, Methods

_CALLBACK_LIFE = timedelta(minutes=15)
_INLINE_LIFE = timedelta(seconds=30)
_MOST_ALERT = 200
_MOST_RESULTS = 50
_MOST_ID_BYTES = 64
_OWN_LINK = re.compile(r"(https?://)?t\.me/\w+\?start=")  # what a press may open besides games
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(this: Invocation) -> bool:
    """answerCallbackQuery: once, in time; a second answer is accepted and recorded as a violation."""
    callback = this.bot.callbacks.get(this.arguments.text("callback_query_id"))
    if callback is None or this.world.now() - callback.at > _CALLBACK_LIFE:
        raise refused(_TOO_OLD)
    text = this.arguments.text("text")
    if len(text) > _MOST_ALERT:
        raise refused("MESSAGE_TOO_LONG")
    if this.arguments.text("url") and not _OWN_LINK.match(this.arguments.text("url")):
        raise refused("URL_INVALID")
    if callback.answers:
        this.world.journal.violation(f"the callback query {callback.id} was answered before", this.call)
    answer: Json = {
        "text": text,
        "show_alert": this.arguments.boolean("show_alert"),
        "url": this.arguments.text("url"),
    }
    callback.answers.append(answer)
    where = {"bot": this.bot.id, "chat": callback.user.id, "message_id": callback.message_id}
    this.world.changes.emit("alert", lambda: where | {"callback": callback.id} | answer)
    return True


def answer_inline_query(this: Invocation) -> bool:
    """answerInlineQuery: up to 50 results with ids of their own."""
    results = this.arguments.json("results", "can't parse JSON encoded inline query results")
    query = this.bot.inline_queries.get(this.arguments.text("inline_query_id"))
    if query is None or this.world.now() - query.at > _INLINE_LIFE:
        raise refused(_TOO_OLD)
    if results is not None and not isinstance(results, list):
        raise refused("expected an Array of inline query results")
    if len(results or ()) > _MOST_RESULTS:
        raise refused("too many inline query results specified")
    shown = [_result(this, result) for result in results or ()]
    ids = [result["id"] for result in shown]
    if len(set(ids)) != len(ids):
        raise refused("RESULT_ID_DUPLICATE")
    if any(not 0 < len(number.encode()) <= _MOST_ID_BYTES for number in ids):
        raise refused("RESULT_ID_INVALID")
    query.answer = {"results": shown, "next_offset": this.arguments.text("next_offset")}
    for name in ("cache_time", "is_personal", "button"):
        if name in this.arguments.values:
            query.answer[name] = this.arguments.readable()[name]
    answer = query.answer
    this.world.changes.emit(
        "inline", lambda: {"bot": this.bot.id, "chat": query.user.id, "query": query.id} | answer
    )
    return True


def _result(this: Invocation, result: Any) -> Json:
    """One result with its text read: ``shown`` holds the message it would send."""
    if not isinstance(result, dict):
        raise _broken("Inline query result must be an object")
    for name in ("type", "id"):
        if not isinstance(result.get(name), str):
            raise _broken(f'Can\'t find field "{name}"')
    if result["type"] != "article":
        raise ApiError(501, f"fake: inline result {result['type']!r} not modelled")
    if not isinstance(result.get("title"), str):
        raise _broken('Can\'t find field "title"')
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise _broken(
            "Message text is empty" if isinstance(content, dict) else 'Can\'t find field "message_text"'
        )
    formatted = this.world.formatted(content["message_text"], content.get("parse_mode") or "")
    if not formatted.text or len(formatted.text) > MOST_TEXT:
        raise refused("MESSAGE_TOO_LONG" if formatted.text else "text must be non-empty")
    if result.get("reply_markup") is not None:
        markup.parsed(result["reply_markup"])
    shown = {
        "text": formatted.text,
        "entities": list(formatted.entities),
        "html": this.world.judges.html(formatted),
    }
    return result | {"shown": shown}


def _broken(problem: str) -> Exception:
    return refused(f"can't parse inline query result: {problem}")


METHODS: Methods = {
    "answercallbackquery": answer_callback_query,
    "answerinlinequery": answer_inline_query,
}
