"""Input fields of acts that Django does not bring: money in yuan, several files at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text


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
