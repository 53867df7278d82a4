"""Input fields of acts: days, moments, text, and what Django does not bring: money in yuan, several files at once."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.http import QueryDict

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Choices, Text


def day(label: Text, **options: Any) -> forms.DateField:
    """A day, picked or typed; what stands in it is written as the browser's own date field reads it."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def moment(label: Text, **options: Any) -> forms.DateTimeField:
    return forms.DateTimeField(label=label, widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **options)


def line(label: Text, most: int, **options: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, max_length=most, **options)


def box(label: Text, most: int, **options: Any) -> forms.CharField:
    """A box of text that grows with what is typed."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": 2}), **options)


def pick(label: Text, among: Choices, **options: Any) -> forms.ChoiceField:
    """One of a few, all of them in sight."""
    return forms.ChoiceField(label=label, choices=among.choices, widget=forms.RadioSelect, **options)


class YuanField(forms.DecimalField):
    """An amount typed in yuan (元), cleaned to an integer number of fen; empty is None."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_digits", 16)
        options.setdefault("decimal_places", 2)
        options.setdefault("min_value", Decimal(0))
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("data-money", "yuan")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").strip()
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else int(amount * 100)


class SeveralField(forms.ModelMultipleChoiceField):
    """Several records; a number that no record can have is a wrong choice like any other."""

    def clean(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            if str(one).isdigit() and len(str(one)) > 18:
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one})
        return super().clean(value)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one input (最多 `most` 个), cleaned to a list."""

    def __init__(self, *, most: int = 6, accept: str = "", **options: Any) -> None:
        self.most = most
        attrs = {"multiple": True, **({"accept": accept} if accept else {})}
        options.setdefault("required", False)
        super().__init__(widget=FilesInput(attrs=attrs), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise forms.ValidationError(str(too_many(self.most)), code="too_many")
        return files


def too_many(most: int) -> Refused:
    return Refused(Text(f"最多 {most} 个文件。", f"At most {most} files."), field="files")


# ---- what every form refuses -----------------------------------------------------------------------------------------

LONGEST = 5000
MOST = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


def readable(data: Any) -> Any:
    """Posted values without NUL, which PostgreSQL does not store; what stands in its place is refused by its field."""
    if not isinstance(data, QueryDict) or not any("\0" in one for values in data.lists() for one in values[1]):
        return data
    copied = data.copy()
    for name, values in data.lists():
        copied.setlist(name, [one.replace("\0", "\ufffd") for one in values])
    return copied


def guard(field: forms.Field) -> None:
    """Bounds that hold for every input, so that nothing reaches the database that it cannot hold; what is missing is told how to give."""
    if "required" in field.error_messages:
        field.error_messages["required"] = str(_missing(field))
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators.append(_check_year)
    elif isinstance(field, forms.IntegerField) and field.max_value is None and type(field) is forms.IntegerField:
        field.max_value = MOST
        field.validators.append(MaxValueValidator(MOST))
    elif isinstance(field, forms.CharField):
        field.validators.append(_check_readable)
        if field.max_length is None:
            field.max_length = LONGEST
            field.validators.append(MaxLengthValidator(LONGEST))


def _missing(field: forms.Field) -> Text:
    if isinstance(field, forms.FileField):
        return Text("请选择文件。", "Please choose a file.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return Text("请选择一项。", "Please choose one.")
    if isinstance(field, forms.BooleanField):
        return Text("请勾选。", "Please tick it.")
    return Text("请填写。", "Please fill it in.")


def _check_year(value: date) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        said = Text(f"日期应在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间。", f"The day must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        raise forms.ValidationError(str(said), code="year")


def _check_readable(value: Any) -> None:
    if isinstance(value, str) and (found := _UNREADABLE.search(value)):
        at = found.start() + 1
        said = Text(
            f"第 {at} 个字无法识别，可能是编码不对。请删去后重新输入。",
            f"Character {at} cannot be read, perhaps for its encoding. Please delete it and type it again.",
        )
        raise forms.ValidationError(str(said), code="unreadable")
