"""A password on its way to an account (密码)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

# Without letters and digits that are taken for one another when read out.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Password:
    """A password on its way to the account; it shows itself nowhere, so that no digest of it is kept."""

    said: str

    def __str__(self) -> str:
        return "•"

    __repr__ = __str__


def new_password() -> Password:
    """A password to be handed over once: 12 signs out of 31, about 59 bits."""
    return Password("-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3)))
