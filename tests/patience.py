"""How long a test waits for something that must come: as long as the process works, however busy the machine is."""

import asyncio
import time
from typing import Any

_LOOK_S = 20.0  # real seconds between two looks
_AT_REST_S = 2.0  # of the processor's time in one: less is only looking whether it has come
_ENOUGH_S = 60.0  # of the processor's time: what has taken so much goes round in circles


async def ends(task: asyncio.Future[Any]) -> bool:
    """Whether it ends; false when this process has come to rest without that, or does not come to an end."""
    used = [time.process_time()]
    while True:
        done, _ = await asyncio.wait({task}, timeout=_LOOK_S)
        if done:
            return True
        used.append(time.process_time())
        if used[-1] - used[-2] < _AT_REST_S or used[-1] - used[0] > _ENOUGH_S:
            return False
