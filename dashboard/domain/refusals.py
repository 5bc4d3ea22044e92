"""What the desk may answer instead of doing what was asked: what was refused, why, and what to do next."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A change that was not made.

    ``message`` is an English template and at once its key in the translation catalogues; ``facts`` fill it.
    Nothing was written when one of these is raised.
    """

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message.format(**facts))
        self.message = message
        self.facts = facts


class NotFound(Refusal):
    """The co-op has no such order, courier or token."""


class Invalid(Refusal):
    """The request itself makes no sense; ``field`` (if given among the facts) is the part to mend."""


class Unavailable(Refusal):
    """The courier cannot take the order: unknown, off shift or on break."""


class WrongState(Refusal):
    """The order or shift is in a state from which this step does not exist; both states are named."""


class NotReady(Refusal):
    """What is asked rests on a history that is still being read from the journal: ask again later."""

    def __init__(self, percent: int) -> None:
        super().__init__(
            "The history is being read from the journal: {percent} % is done. Come back in a few minutes",
            percent=percent,
        )


class Conflict(Refusal):
    """Somebody changed the subject first. ``present`` is the subject as it is now, ``by`` and ``at`` who and when."""

    def __init__(self, message: str, *, present: Any, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.present = present
