"""The errors a person is meant to read: what is wrong, where, and how to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongchuang.kernel.text import Text


class Refused(Exception):
    """The data does not allow this (422); `field` names the input it is about, `cure` says what to do."""

    status = 422

    def __init__(self, message: str | Text, field: str = "", cure: str | Text = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.cure = cure

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.message), str(self.cure)) if part)


class NotYours(Refused):
    """In sight, but not for this person to do (403); `who` are the persons who can."""

    status = 403

    def __init__(self, message: str | Text, who: Iterable[object] = ()) -> None:
        super().__init__(message)
        self.who: Sequence[object] = tuple(who)


class Conflict(Refused):
    """One key, two different contents (422); `subject` is what the first one made."""

    def __init__(self, message: str | Text, subject: object | None = None) -> None:
        super().__init__(message)
        self.subject = subject


class Stale(Refused):
    """Somebody else changed the record since it was opened (409)."""

    status = 409


class Busy(Refused):
    """The write queue is full (503): nothing was done, the same press may be repeated."""

    status = 503
