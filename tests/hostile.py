"""What people and machines hand in that is wrong (坏输入): for each kind of field, the values that once broke something."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from gongchuang.kernel.fields import FilesField
from gongchuang.kernel.rows import RowsField

TEXTS = {
    "nothing": "",
    "blanks": " \u3000\t ",
    "too long": "长" * 100_000,
    "NUL": "张\x00三",
    "control characters": "\x1b[31m红\x07\x08",
    "from another encoding": "����",
    "10^18": "1" + "0" * 18,
    "10^40": "1" + "0" * 40,
    "negative": "-1",
    "not a number": "NaN",
    "infinite": "-Infinity",
    "exponent": "1e400",
    "fraction": "0.000000000001",
    "full width": "１２３",
    "year 0": "0000-00-00",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "31 February": "2026-02-31",
    "formula, script and emoji": "=cmd|' /C calc'!A0<script>\"🧑‍🏭",
    "JSON": '{"a": [1, {"b": null}]}',
    "deep": "[" * 20_000,
    "somebody else's": "9223372036854775807",
    "beyond a bigint": "9223372036854775808",
}
ROWS = {
    "not rows": "[1, 2, 3]",
    "rows in rows": '[{"who": [["a"]], "share": {"x": 1}, "label": {}, "kind": [], "price": [], "from_fen": []}]',
    "too many": json.dumps([{"who": "a", "label": "a"}] * 41),
    "not numbers": '[{"who": "a", "share": NaN, "label": "x", "kind": "saving", "quantity": Infinity, "price": 1e999, "from_fen": NaN}]',
    "huge": '[{"who": "a", "share": 1e30, "label": "x", "kind": "saving", "quantity": 99999999999, "price": 999999999}]',
    "deep": "[" * 20_000,
}


def posts(fields: dict[str, forms.Field]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every kind of wrong or odd value, each put into all fields at once."""
    typed = {name: field for name, field in fields.items() if not isinstance(field, forms.FileField)}
    for kind, value in TEXTS.items():
        yield kind, dict.fromkeys(typed, value)
    yield "several", dict.fromkeys(typed, ["1", "2", "3"])
    if rows := [name for name, field in typed.items() if isinstance(field, RowsField)]:
        for kind, value in ROWS.items():
            yield kind, dict.fromkeys(rows, value)


def bodies(form: forms.BaseForm) -> Iterator[tuple[str, dict[str, Any]]]:
    """JSON of the wrong shape: every field at once, each kind of value in turn."""
    kinds: dict[str, Any] = {
        "list": ["a", {"b": _deep(200)}],
        "10^40": 10**40,
        "NUL": "a\x00b",
    }
    for kind, value in kinds.items():
        yield kind, dict.fromkeys(form.fields, value)


def _deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


RAW = {
    "not UTF-8": b'{"name": "\xb9\xa4\xc8\xcb"}',
    "cut off": b'{"name": "a',
    "not an object": b"[]",
    "a number": b"7",
    "empty": b"",
    "very deep": b"[" * 100_000,
}


def uploads(field: forms.Field) -> Iterator[tuple[str, Any]]:
    """Files that are not what they say, too many or too big."""
    picture = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    good = picture.getvalue()
    one = {
        "program": (b"MZ\x90\x00" * 50, "照片.jpg"),
        "nothing in it": (b"", "空.jpg"),
        "half a picture": (good[:40], "半张.png"),
        "script": (b"<script>alert(1)</script>", "x.svg"),
    }
    for kind, (content, name) in one.items():
        yield kind, SimpleUploadedFile(name, content)
    if isinstance(field, FilesField):
        yield "too many", [SimpleUploadedFile(f"{number}.png", good) for number in range(field.most + 1)]
        yield "one bad among good", [SimpleUploadedFile("好.png", good), SimpleUploadedFile("坏.png", b"MZ\x90\x00")]
        yield "a path for a name", SimpleUploadedFile("../../etc/passwd", b"root:x")
