"""Input fields of acts: days, moments, text, and what Django does not bring: money in yuan, several files at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

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
