"""What an account chooses for itself (个人设置): text size and language; no business record, so no Event."""

from __future__ import annotations

from typing import Any

from gongchuang.kernel.ticket import ticket


def keep_text_size(account: Any, step: int) -> None:
    """Remember the step of the large type with the account."""
    if account.text_size != step:
        account.text_size = step
        with ticket():
            account.save(update_fields=["text_size"])
