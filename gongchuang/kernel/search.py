"""Search by words and numbers (检索): every Chinese word is a run of character pairs, so pairs are what is stored.

The same small table serves both databases, and recall equals a scan of the text (tested): a word of one character is
found by its character, a longer one by all of its pairs, and the text itself confirms the order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from gongchuang.kernel import statements
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


def renew(table: str, pks: Sequence[int], texts: Mapping[int, str]) -> None:
    """Bring the stored tokens of rows to their texts of now; a row without a text has none. What is the same stays."""
    wanted = {(token, pk) for pk, text in texts.items() for token in tokens(text)}
    found = statements.words_of(table, pks)
    statements.change_words(table, gone=found - wanted, new=wanted - found)


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
