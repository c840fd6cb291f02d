"""Who answers a message waits for the outcome of its delivery, so that the message is known by then."""

import asyncio

from bot.model import ChatId, Delivered, MessageId, Outcome
from bot.storage import Store
from tests.outbox_at_hand import ANNA, BERT, Post
from tests.wound_clock import WoundClock


async def test_who_answers_waits_for_the_commit_but_not_for_ever(store: Store, clock: WoundClock) -> None:
    """``committed`` ends with the outcome of this chat's delivery, after two seconds, or at once when there is none."""
    post = Post(store, clock)
    gate, begun = asyncio.Event(), asyncio.Event()

    async def slow(_chat: ChatId, _text: str, _attempts: int) -> Outcome:
        begun.set()
        await gate.wait()
        return Delivered(MessageId(0))

    post.sending = slow
    async with post.outbox() as outbox:
        await post.put(ANNA, "a1", wake=outbox)
        await begun.wait()
        await outbox.committed(BERT)  # nothing is under way there

        impatient = asyncio.create_task(outbox.committed(ANNA))
        await post.clock.wind_until(impatient.done, step=0.5)
        assert await post.states() == ["waiting"]

        patient = asyncio.create_task(outbox.committed(ANNA))
        gate.set()
        await patient
        assert await post.states() == ["sent"]
        await outbox.committed(ANNA)
