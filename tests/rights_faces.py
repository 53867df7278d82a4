"""Templates that exist but say nothing: who may is decided before a page is drawn, and drawing is nine tenths of its time.

One person of each answer gets the page drawn in full (`drawn`), so that a template that breaks is seen too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.base import Origin
from django.template.loaders import app_directories, filesystem

_drawing = ContextVar("drawing", default=False)


@contextmanager
def drawn() -> Iterator[None]:
    """In here pages are drawn in full."""
    token = _drawing.set(True)
    yield
    _drawing.reset(token)


def _nothing(origin: Origin) -> str:
    if _drawing.get():
        raise TemplateDoesNotExist(origin.template_name)
    return ""


class Files(filesystem.Loader):
    def get_contents(self, origin: Origin) -> str:
        super().get_contents(origin)  # what is missing stays missing
        return _nothing(origin)


class Apps(app_directories.Loader):
    def get_contents(self, origin: Origin) -> str:
        super().get_contents(origin)
        return _nothing(origin)


def bare() -> list[dict[str, Any]]:
    """Empty templates first, the project's own behind them."""
    first = settings.TEMPLATES[0]
    empty = {**first, "NAME": "bare", "APP_DIRS": False, "OPTIONS": {"loaders": ["tests.rights_faces.Files", "tests.rights_faces.Apps"]}}
    return [empty, first]
