"""Canary texts (金丝雀): one in every text field of one enterprise's rows, so that a page that says too much is heard."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.test import Client

from gongchuang.kernel.models import Waiting
from gongchuang.kernel.secret import BlindIndexField, EncryptedField
from gongchuang.people.models import Person, Unit

DECLARED = Path(__file__).with_name("canaries.csv")
CLASSES = ("public", "signed_in", "unit", "secret", "not_text")
"""Who may read a field: everybody, everybody signed in, whom the rule of sight names, nobody on any page; or it holds no words."""
_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
_HEARD = re.compile(r"canary-([a-z_]+)-([a-z_]+)-x")
_SAME = ("lang=", "after=", "before=", "sort=", "cols=")
_STAY = ("/logout", "/static", "/tour", "/login", "/account/", "/api/v1/docs")


def fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field of ours that can hold somebody's words."""
    for model in apps.get_models():
        if not model.__module__.startswith("gongchuang."):
            continue
        for field in model._meta.local_concrete_fields:
            has_words = isinstance(field, models.CharField | models.TextField | EncryptedField)
            if has_words and not field.choices and not isinstance(field, BlindIndexField | models.SlugField):
                yield model, field


def declared() -> dict[tuple[str, str], str]:
    with DECLARED.open(encoding="utf-8") as file:
        return {(row["table"], row["field"]): row["who"] for row in csv.DictReader(file)}


def place_of(model: type[models.Model], depth: int = 3) -> str:
    """The way from a row to the unit it belongs to, or nothing."""
    ways = deque([(model, "")])
    while ways:
        at, way = ways.popleft()
        for field in at._meta.concrete_fields:
            if field.related_model is Unit and field.name == "unit":
                return f"{way}unit__path"
        if way.count("__") < depth:
            for field in at._meta.concrete_fields:
                target = field.related_model
                if isinstance(target, type) and issubclass(target, models.Model) and target not in (Unit, at) and not field.null:
                    ways.append((target, f"{way}{field.name}__"))
    return ""


def stand_aside() -> None:
    """Guards, checks and lengths give way to the canaries, until the test's transaction is taken back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while one of its rows is still to be looked at
        cursor.execute("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal")
        for table, name in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON {table}')
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = current_schema()::regnamespace AND conrelid <> 0"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}"')
        cursor.execute("SELECT viewname FROM pg_views WHERE schemaname = current_schema()")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP VIEW IF EXISTS "{name}" CASCADE')
        for model, field in fields():
            if isinstance(field, models.CharField):
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" ALTER COLUMN "{field.column}" TYPE text')


def plant(unit: Unit, readers: list[Person]) -> int:
    """Put them into every row of one enterprise, but what the readers are called; guards and checks stand aside for it.

    Nobody there has agreed to be named in public.
    """
    stand_aside()
    known, planted = declared(), 0
    for model, field in fields():
        if known.get((model._meta.db_table, field.name)) in (None, "not_text"):
            continue
        way = "path" if model is Waiting else place_of(model)
        rows = model._base_manager.filter(**{f"{way}__range": unit.span()}) if way else model._base_manager.all()
        said: Any = f"canary-{model._meta.db_table}-{field.name}-x"
        if not isinstance(field, EncryptedField):  # each a little different, for what must be unique
            said = Concat(Value(said), Cast("pk", models.CharField()))
        own = {one.pk for one in readers} if model is Person else set()
        planted += model._base_manager.filter(pk__in=set(rows.values_list("pk", flat=True)) - own).update(**{field.name: said})
    Person._base_manager.update(is_public=False)
    return planted


def heard(client: Client, starts: list[str], most: int) -> tuple[set[tuple[str, str, str]], list[str]]:
    """Walk from page to page: which canaries (table, field) were heard where, and which pages broke."""
    waiting, seen, broken = deque(starts), set(starts), []
    found: set[tuple[str, str, str]] = set()
    while waiting and len(seen) - len(waiting) < most:
        where = waiting.popleft()
        answer = client.get(where)
        if answer.status_code >= 500:
            broken.append(f"{where}: {answer.status_code}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace")
        for table, field in _HEARD.findall(text):
            found.add((table, field, where))
        for link in _LINK.findall(text):
            link = link.replace("&amp;", "&")
            if link not in seen and not link.startswith(_STAY) and not any(word in link for word in _SAME):
                seen.add(link)
                waiting.append(link)
    return found, broken
