"""What is filled in about a proposal."""

from __future__ import annotations

from typing import Any

from django import forms

from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.fields import FilesField, YuanField
from gongchuang.kernel.text import Text
from gongchuang.people.fields import PersonsField
from gongchuang.people.models import Person
from gongchuang.proposals import flow

PHOTOS = "image/*"


def words(label: Text, *, least: int = 5, most: int = 500, required: bool = True) -> forms.CharField:
    """A growing box of own words."""
    return forms.CharField(label=label, min_length=least, max_length=most, required=required, widget=forms.Textarea({"rows": 2}))


class SubmitForm(ActForm):
    photos = FilesField(label=Text("照片", "Photos"), accept=PHOTOS, most=6)
    problem = words(Text("哪里有问题？", "What is wrong?"))
    idea = words(Text("您的办法？", "Your idea?"))
    title = forms.CharField(label=Text("标题", "Title"), max_length=40, required=False)
    category = forms.ChoiceField(label=Text("类别", "Category"), choices=flow.CATEGORIES.choices, required=False, initial="other")
    expected_saving_fen = YuanField(label=Text("预计每年节约（元）", "Expected saving a year (yuan)"), required=False)
    place = forms.CharField(label=Text("地点", "Place"), max_length=80, required=False)
    coauthors = PersonsField(label=Text("合作人", "Together with"), required=False)

    more = ("title", "category", "expected_saving_fen", "place", "coauthors")

    def prepare(self) -> None:
        if self.person is not None:
            colleagues = Person.objects.active().inside(self.person.unit).exclude(pk=self.person.pk)
            self.fields["coauthors"].narrow(colleagues.order_by("name"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["unit"] = self.person.unit
        cleaned["category"] = cleaned.get("category") or "other"
        cleaned["coauthors"] = list(cleaned.get("coauthors") or ())
        return cleaned


class AskForm(ActForm):
    question = words(Text("要补充什么？", "What is missing?"), least=2)


class AnswerForm(ActForm):
    text = words(Text("补充说明", "Your answer"), least=2)
    photos = FilesField(label=Text("照片", "Photos"), accept=PHOTOS, most=6)


class WordForm(ActForm):
    text = words(Text("说明", "A word"), least=0, required=False)


class DeclineForm(ActForm):
    reason = forms.ChoiceField(label=Text("原因", "Reason"), choices=flow.DECLINE_REASONS.choices, widget=forms.RadioSelect)
    text = words(Text("用自己的话说明", "In your own words"), least=2)


class ImplementForm(ActForm):
    photos = FilesField(label=Text("实施后的照片", "Photos of afterwards"), accept=PHOTOS, most=6)
    text = words(Text("说明", "A word"), least=0, required=False)
