"""Bilingual catalogue text (双语文字): what the product says about its own nouns, kept beside the code that uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import get_language


class Text:
    """A text in Chinese and English; reads in the current language and falls back to Chinese."""

    __slots__ = ("en", "zh")

    def __init__(self, zh: str, en: str = "") -> None:
        self.zh = zh
        self.en = en

    def in_language(self, language: str | None) -> str:
        return self.en if self.en and (language or "").startswith("en") else self.zh

    def __str__(self) -> str:
        return self.in_language(get_language())

    def __repr__(self) -> str:
        return f"Text({self.zh!r}, {self.en!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.zh, self.en) == (other.zh, other.en)

    def __hash__(self) -> int:
        return hash((self.zh, self.en))

    def __mod__(self, values: object) -> Text:
        return Text(self.zh % values, self.en % values if self.en else "")

    def format(self, *args: object, **values: object) -> Text:
        return Text(self.zh.format(*args, **values), self.en.format(*args, **values) if self.en else "")

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        return ("gongchuang.kernel.text.Text", [self.zh, self.en], {})


class Choices:
    """A short list of codes and their texts, as data (代码表)."""

    def __init__(self, pairs: Iterable[tuple[str, Text]]) -> None:
        self.texts = dict(pairs)

    @property
    def choices(self) -> list[tuple[str, Text]]:
        return list(self.texts.items())

    def label(self, value: str) -> str:
        text = self.texts.get(value)
        return str(text) if text is not None else value

    def __contains__(self, value: object) -> bool:
        return value in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)
