"""The installation's master key (主密钥): one file outside the database, from which every other key is derived."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path


def read(file: Path) -> bytes:
    """The key, or nothing where no city has been set up."""
    return bytes.fromhex(file.read_text(encoding="ascii").strip()) if file.is_file() else b""


def make(file: Path) -> None:
    """Write a new key, readable by its owner alone; a key that exists is never replaced."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(32) + "\n")
        out.flush()
        os.fsync(out.fileno())


def for_django(master: bytes) -> str:
    """The key Django signs with; none without a master key, and Django then refuses to sign."""
    return hmac.new(master, b"django", hashlib.sha256).hexdigest() if master else ""
