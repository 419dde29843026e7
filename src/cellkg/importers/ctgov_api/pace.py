"""How often the registry is asked, and how long is waited before it is asked again."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

REQUESTS_A_MINUTE: Final = 50
"""What the registry asks of those who use its API."""

FIRST_WAIT_SECONDS: Final = 1.0
LONGEST_BACK_OFF_SECONDS: Final = 60.0
LONGEST_ASKED_WAIT_SECONDS: Final = 300.0
"""A registry that wants a longer pause is left alone until somebody types the command again."""

_MINUTE: Final = 60.0


class Clock:
    """The clock of this machine, and waiting by it."""

    def now(self) -> float:
        """Give seconds that only ever grow."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def timestamp(self) -> str:
        """Give the date and time, in UTC."""
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Pace:
    """Lets no more than `REQUESTS_A_MINUTE` requests pass in any minute.

    Args:
        clock: What time it is.

    Example:
        >>> Pace(Clock()).wait()  # the first ones pass at once
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._passed: deque[float] = deque(maxlen=REQUESTS_A_MINUTE)

    def wait(self) -> None:
        """Wait until one more request may be sent."""
        if len(self._passed) == REQUESTS_A_MINUTE:
            pause = self._passed[0] + _MINUTE - self._clock.now()
            if pause > 0:
                self._clock.sleep(pause)
        self._passed.append(self._clock.now())


def back_off(failures: int, chance: float) -> float:
    """Give the seconds to wait after several failures in a row.

    Args:
        failures: How many there were, at least one.
        chance: Between 0 and 1: it keeps many who failed together from coming back together.

    Example:
        >>> [back_off(failures, 1.0) for failures in (1, 2, 3, 20)]
        [1.0, 2.0, 4.0, 60.0]
        >>> back_off(3, 0.0)
        2.0
    """
    longest = min(FIRST_WAIT_SECONDS * 2.0 ** (failures - 1), LONGEST_BACK_OFF_SECONDS)
    return longest * (1 + chance) / 2
