"""Secrets at rest (密): encrypted fields, keyed blind indexes, row digests and masks.

One suite stands behind the port today: AES-256-GCM for cipher texts, HMAC-SHA-256 for indexes and digests. Each stored
value begins with its suite and key version, so that a second suite can be added without touching what is stored.
The master key lives in the data folder (or the environment), never in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

SUITE = "a1"  # AES-256-GCM, first key


@lru_cache(maxsize=8)
def _key(purpose: str, master: bytes) -> bytes:
    return hmac.new(master, purpose.encode(), hashlib.sha256).digest()


def key_for(purpose: str) -> bytes:
    """The 32-byte key of one purpose, derived from the installation's master key."""
    return _key(purpose, bytes(settings.MASTER_KEY))


def seal_text(text: str, context: str) -> str:
    """Encrypt a text; `context` (table, field) must be the same when it is opened."""
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key_for("field")).encrypt(nonce, text.encode(), context.encode())
    return f"{SUITE}:{(nonce + sealed).hex()}"


def open_text(stored: str, context: str) -> str:
    suite, _, hexed = stored.partition(":")
    if suite != SUITE:
        raise ValueError(f"unknown cipher suite {suite!r}")
    raw = bytes.fromhex(hexed)
    return AESGCM(key_for("field")).decrypt(raw[:12], raw[12:], context.encode()).decode()


def normal(text: str) -> str:
    """How a number is compared: full-width to half-width, no blanks, capital X."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def blind_index(text: str) -> str:
    """A keyed fingerprint of a number, by which it is found without being readable; empty stays empty."""
    wanted = normal(text)
    return hmac.new(key_for("index"), wanted.encode(), hashlib.sha256).hexdigest()[:40] if wanted else ""


def row_mac(content: bytes) -> str:
    """The digest of a protected row; nobody without the key can make one that fits."""
    return hmac.new(key_for("row"), content, hashlib.sha256).hexdigest()


class EncryptedField(models.TextField):
    """Text that is only readable through the application (加密字段)."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.db_table}.{self.name}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return open_text(value, self.context) if value else value

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal_text(text, self.context) if text else text

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.context} is encrypted: find it by its blind index")
        return super().get_lookup(lookup_name)


class BlindIndexField(models.CharField):
    """The blind index of another field of the same row, kept by the row's save()."""

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        options.setdefault("max_length", 40)
        options.setdefault("blank", True)
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = blind_index(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, value)
        return value


def mask_name(name: str) -> str:
    """张* · 张*明 · 欧**明; a foreign name keeps its first letter."""
    if not name:
        return ""
    if name[0].isascii():
        return f"{name[0]}***"
    if len(name) <= 2:
        return name[0] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_id(number: str) -> str:
    return f"{number[:4]}{'*' * 10}{number[-4:]}" if len(number) >= 8 else "*" * len(number)


def mask_phone(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 7 else "*" * len(number)
