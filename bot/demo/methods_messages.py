"""Messages of the bot: send text, edit, delete, copy, forward, pin, react, chat action.

Texts of errors: tdlib/telegram-bot-api ``Client.cpp`` and td ``MessagesManager.cpp``; limits: the Bot API's method pages.
"""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from bot.demo import markup
from bot.demo.envelope import Json, refused
from bot.demo.invocation import Invocation, Method, Methods, caption_fields, text_fields
from bot.demo.judges import Formatted
from bot.demo.state import Chat, Message

_DELETABLE_FOR = timedelta(hours=48)
_MOST_DELETED = 100
_MEDIA = ("photo", "document", "voice", "video", "audio")  # what can carry a caption
_CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "link_preview_options",
    "show_caption_above_media",
)
_UNMOVED = (
    "message_id",
    "date",
    "from",
    "chat",
    "edit_date",
    "reply_markup",
    "media_group_id",
    "has_protected_content",
)
_ACTIONS = frozenset(
    "cancel typing record_video upload_video record_audio record_voice upload_audio upload_voice upload_photo"
    " upload_document choose_sticker pick_up_location find_location record_video_note upload_video_note".split()
)
_LINK_PREVIEW: dict[str, type] = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


def send_message(this: Invocation) -> Json:
    """sendMessage."""
    content = this.text()
    return sent(this, content | _link_preview(this))


def _link_preview(this: Invocation) -> Json:
    """``link_preview_options`` as a message shows them."""
    options = this.arguments.json("link_preview_options", "can't parse link preview options JSON object")
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise refused("object expected as link preview options")
    shown = {name: value for name, value in options.items() if isinstance(value, _LINK_PREVIEW.get(name, ()))}
    return {"link_preview_options": shown} if shown else {}


def sent(this: Invocation, content: Json, *, group: str = "") -> Json:
    """Post ``content`` into the chat of the call, with reply, protection and buttons; returns the ``Message``."""
    chat = this.writable()
    return chat.wire(post(this, chat, content, markup.read(this.arguments), group=group))


def post(this: Invocation, chat: Chat, content: Json, buttons: markup.Markup, *, group: str = "") -> Message:
    """Put a message of the bot into a chat."""
    reply_to = this.reply_to(chat)
    match buttons:
        case markup.Inline(wire=wire):
            content["reply_markup"] = wire
        case markup.Keyboard(wire=wire):
            chat.keyboard = wire
        case None:
            pass
    if group:
        content["media_group_id"] = group
    protected = this.arguments.boolean("protect_content")
    return this.world.post(this.bot, chat, content, from_bot=True, reply_to=reply_to, protected=protected)


def edit_message_text(this: Invocation) -> Json:
    """editMessageText; without ``reply_markup`` the buttons go."""
    chat, message = _editable(this)
    content = this.text() | _link_preview(this)
    if "text" not in message.fields:
        raise refused("there is no text in the message to edit")
    return _edited(this, chat, message, content)


def edit_message_caption(this: Invocation) -> Json:
    """editMessageCaption; an empty caption removes it."""
    chat, message = _editable(this)
    content = this.caption()
    if not any(kind in message.fields for kind in _MEDIA):
        raise refused("there is no caption in the message to edit")
    return _edited(this, chat, message, content)


def edit_message_reply_markup(this: Invocation) -> Json:
    """editMessageReplyMarkup; without ``reply_markup`` the buttons go."""
    chat, message = _editable(this)
    kept = {name: value for name, value in message.fields.items() if name in _CONTENT}
    return _edited(this, chat, message, kept)


def _editable(this: Invocation) -> tuple[Chat, Message]:
    if this.arguments.text("inline_message_id"):
        raise refused("MESSAGE_ID_INVALID")  # the stand-in has no inline messages
    chat = this.chat()
    if not this.arguments.text("message_id"):
        raise refused("message identifier is not specified")
    message = this.message(chat, "message to edit not found")
    if not message.from_bot:
        this.world.journal.violation(f"message {message.id} is not the bot's own", this.call)
        raise refused("message can't be edited")
    if "forward_origin" in message.fields:
        raise refused("message can't be edited")
    return chat, message


def _edited(this: Invocation, chat: Chat, message: Message, content: Json) -> Json:
    match markup.read(this.arguments):
        case markup.Inline(wire=wire):
            content["reply_markup"] = wire
        case markup.Keyboard():
            this.world.journal.violation("an edit cannot bring a reply keyboard", this.call)
            raise refused("inline keyboard expected")
        case None:
            pass
    before = {name: value for name, value in message.fields.items() if name in (*_CONTENT, "reply_markup")}
    if before == content:
        raise refused(_NOT_MODIFIED)
    message.history.append(message.fields)
    kept = {name: value for name, value in message.fields.items() if name not in before}
    message.fields = kept | {"edit_date": this.world.unix_time()} | content
    this.world.show("edit", this.bot, chat, message)
    return chat.wire(message)


def delete_message(this: Invocation) -> bool:
    """deleteMessage: own and foreign messages of a private chat, for 48 hours."""
    chat = this.chat()
    message = this.message(chat, "message to delete not found")
    if _too_old(this, message):
        raise refused("message can't be deleted")
    _delete(this, chat, message)
    return True


def delete_messages(this: Invocation) -> bool:
    """deleteMessages: unknown ones are skipped."""
    chat = this.chat()
    ids = this.arguments.json("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(ids, list) or not ids:
        raise refused("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise refused("too many message identifiers specified")
    for message in filter(None, [chat.existing(int(number)) for number in ids]):
        if not _too_old(this, message):
            _delete(this, chat, message)
    return True


def _too_old(this: Invocation, message: Message) -> bool:
    return this.world.unix_time() - int(message.fields["date"]) > _DELETABLE_FOR.total_seconds()


def _delete(this: Invocation, chat: Chat, message: Message) -> None:
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    this.world.show("delete", this.bot, chat, message)


def copy_message(this: Invocation) -> Json:
    """copyMessage: the content without its sender; a new caption only for media."""
    source = this.message(this.chat("from_chat_id"), "message to copy not found")
    chat = this.writable()
    if source.protected:
        raise refused("the message can't be copied")
    content = _copied(source)
    if "caption" in this.arguments.values and any(kind in content for kind in _MEDIA):
        content = {
            name: value for name, value in content.items() if not name.startswith("caption")
        } | this.caption()
    return {"message_id": post(this, chat, content, markup.read(this.arguments)).id}


def _copied(source: Message) -> Json:
    return {
        name: value
        for name, value in source.fields.items()
        if name not in _UNMOVED and name != "forward_origin"
    }


def copy_messages(this: Invocation) -> list[Json]:
    """copyMessages: 1 to 100, ids strictly increasing; what cannot be copied is skipped, albums keep together."""
    of = this.chat("from_chat_id")
    ids = this.arguments.json("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(ids, list) or not ids:
        raise refused("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise refused("too many message identifiers specified")
    if any(later <= earlier for earlier, later in pairwise(ids)):
        raise refused("message identifiers must be in a strictly increasing order")
    chat = this.writable()
    sources = [message for message in map(of.existing, ids) if message is not None and not message.protected]
    if not sources:
        raise refused("there are no messages to copy")
    groups: dict[str, str] = {}
    results = []
    for source in sources:
        old = source.fields.get("media_group_id", "")
        group = groups.setdefault(old, str(this.world.random.randrange(10**16, 10**17))) if old else ""
        results.append({"message_id": post(this, chat, _copied(source), None, group=group).id})
    return results


def forward_message(this: Invocation) -> Json:
    """forwardMessage: the content with its first sender."""
    source = this.message(this.chat("from_chat_id"), "message to forward not found")
    chat = this.writable()
    if source.protected:
        raise refused("the message can't be forwarded")
    content = {name: value for name, value in source.fields.items() if name not in _UNMOVED}
    origin = {"type": "user", "sender_user": source.fields["from"], "date": source.fields["date"]}
    content["forward_origin"] = source.fields.get("forward_origin", origin)
    return chat.wire(post(this, chat, content, None))


def pin_chat_message(this: Invocation) -> bool:
    """pinChatMessage."""
    chat = this.chat()
    message = this.message(chat, "message to pin not found")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
    this.world.show("pin", this.bot, chat, message)
    return True


def unpin_chat_message(this: Invocation) -> bool:
    """unpinChatMessage: the given message, or the newest pinned one."""
    chat = this.chat()
    if this.arguments.text("message_id"):
        message = this.message(chat, "message to unpin not found")
    elif chat.pinned:
        message = chat.messages[chat.pinned[-1]]
    else:
        raise refused("message to unpin not found")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    this.world.show("pin", this.bot, chat, message)
    return True


def set_message_reaction(this: Invocation) -> bool:
    """setMessageReaction: one emoji of a bot, or none."""
    chat = this.chat()
    message = this.message(chat, "message to react not found")
    reactions: Any = this.arguments.json("reaction", "can't parse reaction types JSON object") or []
    if len(reactions) > 1:
        raise refused("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") != "emoji" or not this.world.judges.is_reaction(str(reaction.get("emoji"))):
            raise refused("REACTION_INVALID")
    message.reactions[this.bot.id] = reactions
    this.world.show("reaction", this.bot, chat, message)
    return True


def send_chat_action(this: Invocation) -> bool:
    """sendChatAction."""
    chat = this.writable()
    action = this.arguments.text("action").lower()
    if action not in _ACTIONS:
        raise refused("wrong parameter action in request")
    chat.actions.append(action)
    this.world.changes.emit("typing", lambda: {"bot": this.bot.id, "chat": chat.user.id, "action": action})
    return True


_METHODS: list[Method] = [
    send_message,
    edit_message_text,
    edit_message_caption,
    edit_message_reply_markup,
    delete_message,
    delete_messages,
    copy_message,
    copy_messages,
    forward_message,
    pin_chat_message,
    unpin_chat_message,
    set_message_reaction,
    send_chat_action,
]
METHODS: Methods = {method.__name__.replace("_", ""): method for method in _METHODS}

__all__ = ["METHODS", "Formatted", "caption_fields", "post", "sent", "text_fields"]
