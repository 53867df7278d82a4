"""Search by words and numbers (检索): every Chinese word is a run of character pairs, so pairs are what is stored.

The same small table serves both databases, and recall equals a scan of the text (tested): a word of one character is
found by its character, a longer one by all of its pairs, and the text itself confirms the order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from gongchuang.kernel.models import SearchWord

_WORD = re.compile(r"[0-9a-z]+(?:[-_.][0-9a-z]+)*|[^\W\d_a-z]+", re.IGNORECASE)


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> set[str]:
    """Single characters and pairs of each Chinese run; Latin words and numbers whole."""
    found: set[str] = set()
    for word in _WORD.findall(normal(text)):
        if word.isascii():
            found.add(word[:24])
        else:
            found.update(word)
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found


def wanted_tokens(query: str) -> set[str]:
    """What a text must contain to be a hit: the pairs of longer words, the character of single ones."""
    found: set[str] = set()
    for word in _WORD.findall(normal(query)):
        if word.isascii() or len(word) == 1:
            found.add(word[:24])
        else:
            found.update(word[at : at + 2] for at in range(len(word) - 1))
    return found


def index(model: type[models.Model], pks: Sequence[int]) -> None:
    """Renew the tokens of rows; only models that name their `searched` fields have any."""
    fields: tuple[str, ...] = getattr(model, "searched", ())
    if not fields:
        return
    table = model._meta.db_table
    for start in range(0, len(pks), 500):
        chunk = pks[start : start + 500]
        SearchWord.objects.filter(table=table, pk_of_row__in=chunk).delete()
        rows = model._base_manager.filter(pk__in=chunk).values_list("pk", *fields)
        SearchWord.objects.bulk_create(
            (
                SearchWord(token=token, table=table, pk_of_row=pk)
                for pk, *texts in rows
                for token in sorted(tokens(" ".join(str(text or "") for text in texts)))
            ),
            batch_size=5000,
        )


def hits[M: models.Model](query: str, rows: models.QuerySet[M]) -> models.QuerySet[M]:
    """Rows whose searched text contains every word of the query, newest first; no words, no rows."""
    wanted = sorted(wanted_tokens(query), key=len, reverse=True)
    if not wanted:
        return rows.none()
    model = rows.model
    for token in wanted:
        rows = rows.filter(pk__in=SearchWord.objects.filter(token=token, table=model._meta.db_table).values("pk_of_row"))
    for word in _WORD.findall(normal(query)):
        if not word.isascii() and len(word) > 2:  # pairs may stand apart: the text confirms the whole word
            rows = rows.filter(_contains(model, word))
    return rows.order_by("-pk")


def _contains(model: type[Any], word: str) -> Q:
    condition = Q()
    for field in model.searched:
        condition |= Q(**{f"{field}__icontains": word})
    return condition
