"""An input of several rows (多行输入): lines of a sheet, makers and shares, bands. The same field for page and JSON.

On a page its cells are named `lines-0-label`, `lines-0-price`, …; JSON hands in a list of objects. Blank rows are
dropped; an error names its row and its column. It works without JavaScript: a few blank rows stand ready.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gongchuang.kernel.fields import guard
from gongchuang.kernel.text import Text

MOST_ROWS = 40


class RowsWidget(forms.Widget):
    """A small table of inputs; on a phone each row is a card."""

    needs_multipart_form = False

    def __init__(self, columns: Mapping[str, forms.Field], shown: int) -> None:
        super().__init__()
        self.columns = columns
        self.shown = shown
        self.needs_multipart_form = any(column.widget.needs_multipart_form for column in columns.values())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        given = data.get(name)
        if given is not None and not isinstance(given, str):
            return given
        if isinstance(given, str) and given.strip().startswith("["):
            try:
                return json.loads(given)
            except (ValueError, RecursionError):
                return given
        return [self._row(data, files, f"{name}-{number}") for number in range(MOST_ROWS)]

    def _row(self, data: Any, files: Any, prefix: str) -> dict[str, Any]:
        return {key: column.widget.value_from_datadict(data, files or {}, f"{prefix}-{key}") for key, column in self.columns.items()}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(str(key).startswith(f"{name}-") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-0-{next(iter(self.columns))}" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = [row for row in value if any(row.values())] if isinstance(value, list) else []
        count = min(MOST_ROWS, max(self.shown, len(rows) + 1))
        rows = [*rows, *({} for _ in range(count - len(rows)))]
        heads = format_html_join("", '<th scope="col">{}</th>', ((column.label,) for column in self.columns.values()))
        body = format_html_join("", "<tr>{}</tr>", ((self._cells(f"{name}-{number}", row, renderer),) for number, row in enumerate(rows)))
        described = (attrs or {}).get("aria-describedby", "")
        return format_html(
            '<table class="record-table row-inputs" id="{}"{}><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
            f"{(attrs or {}).get('id', name)}-table",
            format_html(' aria-describedby="{}"', described) if described else "",
            heads,
            body,
        )

    def _cells(self, prefix: str, row: Mapping[str, Any], renderer: Any) -> SafeString:
        return format_html_join(
            "",
            '<td data-label="{}">{}</td>',
            ((column.label, self._input(f"{prefix}-{key}", column, row.get(key), renderer)) for key, column in self.columns.items()),
        )

    def _input(self, name: str, column: forms.Field, value: Any, renderer: Any) -> SafeString:
        style = "form-select" if isinstance(column.widget, forms.Select) else "form-control"
        attrs = {"id": f"id_{name}", "class": style, "aria-label": str(column.label)}
        shown = column.prepare_value(value)
        return column.widget.render(name, shown if shown not in (None, "") else column.initial, attrs, renderer)


class RowsField(forms.Field):
    """Rows of named columns, cleaned to a list of dictionaries."""

    def __init__(self, columns: Mapping[str, forms.Field], *, shown: int = 4, **options: Any) -> None:
        self.columns = dict(columns)
        for column in self.columns.values():
            guard(column)
        super().__init__(widget=RowsWidget(self.columns, shown), **options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if value in (None, ""):
            value = []
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise ValidationError(str(Text("应是若干行。", "This must be a list of rows.")), code="invalid")
        if len(value) > MOST_ROWS:
            raise ValidationError(str(Text(f"最多 {MOST_ROWS} 行。", f"At most {MOST_ROWS} rows.")), code="too_many")
        cleaned, errors = [], []
        for number, row in enumerate(value, start=1):
            if self._is_blank(row):
                continue
            done, wrong = self._clean_row(number, row)
            cleaned.append(done)
            errors += wrong
        if errors:
            raise ValidationError(errors)
        if self.required and not cleaned:
            raise ValidationError(str(Text("至少填一行。", "Fill in at least one row.")), code="required")
        return cleaned

    def _is_blank(self, row: Mapping[str, Any]) -> bool:
        """A row in which nothing was filled in; what stands in it from the beginning does not count."""
        return all(row.get(key) in (None, "", []) or row.get(key) == column.initial for key, column in self.columns.items())

    def _clean_row(self, number: int, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[ValidationError]]:
        done: dict[str, Any] = {}
        wrong = []
        for key, column in self.columns.items():
            try:
                given = row.get(key)
                done[key] = column.clean(given if given is not None else column.initial)
            except ValidationError as error:
                said = "".join(error.messages)
                place = Text(f"第 {number} 行 {column.label}：{said}", f"Row {number}, {column.label}: {said}")
                wrong.append(ValidationError(str(place), code="invalid"))
        return done, wrong
