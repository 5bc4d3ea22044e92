"""What the desk may answer instead of doing what was asked: what was refused, why, and what to do next."""

from __future__ import annotations

from typing import Any

from dashboard.domain.texts import fill_english


def N_(text: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a text for the catalogue; the pages translate it."""
    return text


class Refusal(Exception):
    """A change that was not made.

    ``message`` is an English template and at once its key in the translation catalogues; ``facts`` fill it.
    Nothing was written when one of these is raised.
    """

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(fill_english(message, facts))
        self.message = message
        self.facts = facts


class NotFound(Refusal):
    """The co-op has no such order, courier or token."""


class Invalid(Refusal):
    """The request itself makes no sense; ``field`` (if given among the facts) is the part to mend."""


class WrongField(Invalid):
    """A field of a document that has to be mended: ``detail`` says so to programs, the message to people."""

    def __init__(self, field: str, detail: str, message: str = "{detail}", **facts: Any) -> None:
        super().__init__(message, detail=detail, field=field, **facts)
        self.field, self.detail = field, detail


class WrongFields(tuple[WrongField, ...]):
    """All that is wrong with a document; as a text for programs, one after the other."""

    __slots__ = ()

    def __str__(self) -> str:
        return "; ".join(f"{wrong.field or 'body'}: {wrong.detail}" for wrong in self)


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
