"""Benchmarks from outside as pages say them (参照值): the one that was known on a day."""

from __future__ import annotations

from datetime import date

from gongchuang.indicators.models import Reference


def reference_on(key: str, day: date) -> Reference | None:
    """The last year published by that day, in its last edition."""
    return Reference.objects.filter(key=key, published_on__lte=day).order_by("-year", "-published_on").first()
