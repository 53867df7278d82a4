"""What is filled in about needs, offers, experts, matches, contracts and their benefit."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongchuang.kernel.choosing import RecordField, narrow
from gongchuang.kernel.desk import ActForm, ReasonForm
from gongchuang.kernel.fields import YuanField, box, day, line
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import models, rules
from gongchuang.matchmaker.intake import Aim
from gongchuang.matchmaker.models import Institution, Visit
from gongchuang.people.fields import PersonField
from gongchuang.people.models import Person, Unit

EMPLOYERS = ("enterprise", "public_body", "school")
FEDERATIONS = ("city", "district", "zone", "industry_union", "direct")


def federations(person: Person | None) -> QuerySet[Unit]:
    """The federations for which a person may enlist experts and publish offers."""
    return rules.ENLIST.among(person, Unit.objects.filter(kind__in=FEDERATIONS)).order_by("path")


_AIM = re.compile(r"^\s*(?P<name>[^:：]+)[:：]\s*(?P<current>.+?)\s*(?:→|->|到|降至|升至)\s*(?P<target>.+?)\s*$")


class AimsField(forms.CharField):
    """Measurable aims, one a line: «开裂率：1.8% → 0.3%»; cleaned to (name, current, target, unit)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 1000)
        options.setdefault("required", False)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        options.setdefault("help_text", Text("每行一项，例如 开裂率：1.8% → 0.3%", "One a line, e.g. crack rate: 1.8% → 0.3%"))
        super().__init__(**options)

    def clean(self, value: Any) -> list[Aim]:
        if isinstance(value, list | tuple):
            return [(str(one[0]), str(one[1]), str(one[2]), str(one[3]) if len(one) > 3 else "") for one in value]
        found: list[Aim] = []
        for number, said in enumerate(super().clean(value).splitlines(), start=1):
            if not said.strip():
                continue
            match = _AIM.match(said)
            if match is None:
                raise forms.ValidationError(
                    str(
                        Text(
                            f"第 {number} 行“{said.strip()}”看不出现值和目标。请写成 名称：现值 → 目标。",
                            f"Line {number} “{said.strip()}” has no present value and target. Write name: now → target.",
                        )
                    )
                )
            found.append((match["name"].strip()[:40], match["current"][:40], match["target"][:40], ""))
        return found


class VisitForm(ActForm):
    unit = RecordField(Text("企业", "Enterprise"), Unit.objects.none(), to_field_name="code")
    visited_on = day(Text("走访日期", "Day"))
    companions = line(Text("同行人员", "With"), 200, required=False)
    note = box(Text("了解到的情况", "What was seen"), 2000)

    def prepare(self) -> None:
        narrow(self, "unit", rules.VISIT.among(self.person, Unit.objects.filter(kind__in=EMPLOYERS)).order_by("path"))


class CollectForm(ActForm):
    unit = RecordField(Text("企业", "Enterprise"), Unit.objects.none(), to_field_name="code")
    title = line(Text("需求名称", "Title"), 80, help_text=Text("一句话说清要解决什么。", "What is to be solved, in one sentence."))
    abstract = box(Text("公开摘要", "Public abstract"), 300, help_text=Text("对外只显示这一段。", "Outsiders see this only."))
    text = box(
        Text("需求详情", "In full"),
        5000,
        help_text=Text(
            "只有企业、技术红娘和双方同意后的对接方能看。", "For the enterprise, the matchmaker and, once both agree, the other side."
        ),
    )
    aims = AimsField(label=Text("技术指标", "Measurable aims"))
    kind = forms.ChoiceField(label=Text("需求类型", "Kind"), choices=models.NEED_KINDS.choices)
    industry = line(Text("行业", "Industry"), 40)
    field = line(Text("技术领域", "Field"), 40, required=False)
    way = forms.ChoiceField(label=Text("合作方式", "Way of working together"), choices=models.WAYS.choices)
    tier = forms.ChoiceField(label=Text("保密级别", "Who may see it"), choices=models.TIERS.choices)
    budget_fen = YuanField(label=Text("投入预算（元）", "Budget (yuan)"), required=False)
    wanted_on = day(Text("希望解决日期", "Wanted by"), required=False)
    valid_until = day(Text("有效期至", "Valid until"))
    contact_name = line(Text("联系人", "Contact"), 40)
    contact_phone = line(Text("联系电话", "Telephone"), 30, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    visit = RecordField(Text("走访", "Found on the visit"), Visit.objects.none(), required=False, to_field_name="no")

    more = ("field", "budget_fen", "wanted_on", "visit")

    def prepare(self) -> None:
        units = rules.COLLECT.among(self.person, Unit.objects.filter(kind__in=EMPLOYERS)).order_by("path")
        narrow(self, "unit", units)
        self.fields["visit"].queryset = rules.SEE_VISIT.among(self.person, Visit.objects.select_related("unit")).order_by("-pk")  # type: ignore[attr-defined]

    def clean_contact_phone(self) -> str:
        said = re.sub(r"[\s-]", "", self.cleaned_data["contact_phone"])
        if not re.fullmatch(r"\+?\d{7,15}", said):
            raise forms.ValidationError(
                str(Text(f"电话应为 7–15 位数字，现在是“{said}”。", f"A number has 7 to 15 digits; this is “{said}”."))
            )
        return said


class CorrectForm(ActForm):
    title = line(Text("需求名称", "Title"), 80)
    abstract = box(Text("公开摘要", "Public abstract"), 300)
    text = box(Text("需求详情", "In full"), 5000)
    aims = AimsField(label=Text("技术指标", "Measurable aims"))

    def prepare(self) -> None:
        if self.record is not None:
            self.fields["title"].initial = self.record.title
            self.fields["abstract"].initial = self.record.abstract
            self.fields["text"].initial = self.record.full.text
            self.fields["aims"].initial = "\n".join(
                f"{aim.name}：{aim.current} → {aim.target}{aim.measured_in}" for aim in self.record.indicators.all()
            )


class CandidateForm(ActForm):
    candidate = line(Text("候选编号", "Candidate"), 40, help_text=Text("例如 expert:ZJ-2026-00001", "For example expert:ZJ-2026-00001"))


class NoteForm(ActForm):
    note = box(Text("说明", "A word"), 300, required=False)


class BoardForm(ActForm):
    unit = RecordField(Text("对接的工会", "Federation"), Unit.objects.none(), to_field_name="code")
    name = line(Text("机构名称", "Name"), 80)
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=models.INSTITUTION_KINDS.choices)
    region = line(Text("所在地", "Place"), 40, required=False)
    agreement = line(Text("合作协议", "Agreement"), 80)
    joined_on = day(Text("进驻日期", "On board since"))

    def prepare(self) -> None:
        narrow(self, "unit", federations(self.person))


class LeaveForm(ReasonForm):
    left_on = day(Text("退出日期", "Left on"))


class EnlistForm(ActForm):
    unit = RecordField(Text("入库工会", "Federation"), Unit.objects.none(), to_field_name="code")
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=models.EXPERT_KINDS.choices)
    person = PersonField(
        label=Text("本市人员", "A person of the city"),
        required=False,
        help_text=Text("填工号或姓名；外部专家不填。", "Work number or name; not for outsiders."),
    )
    name = line(Text("外部专家姓名", "Name of an outsider"), 60, required=False)
    institution = RecordField(Text("所在机构", "Institution"), Institution.objects.none(), required=False, to_field_name="no")
    title = line(Text("职称", "Title"), 40, required=False)
    direction = box(Text("研究方向或专长", "Direction or skill"), 200)
    keywords = line(Text("关键词", "Keywords"), 200, required=False)
    industry = line(Text("行业", "Industry"), 40, required=False)
    capacity = forms.IntegerField(label=Text("同时可接几项", "At a time"), min_value=1, max_value=20, initial=2, required=False)
    joined_on = day(Text("入库日期", "In the pool since"))

    def prepare(self) -> None:
        narrow(self, "unit", federations(self.person))
        self.fields["institution"].queryset = Institution.objects.filter(left_on=None).order_by("name")  # type: ignore[attr-defined]

    def clean_capacity(self) -> int:
        return self.cleaned_data["capacity"] or 2


class ItemForm(ActForm):
    kind = forms.ChoiceField(label=Text("类别", "Kind"), choices=models.ITEM_KINDS.choices)
    title = line(Text("名称", "Title"), 120)
    text = box(Text("内容", "What it is"), 2000, required=False)
    year = forms.IntegerField(label=Text("年份", "Year"), min_value=1950, max_value=2100, required=False)


class OfferForm(ActForm):
    unit = RecordField(Text("发布工会", "Federation"), Unit.objects.none(), to_field_name="code")
    title = line(Text("成果名称", "Title"), 120)
    text = box(Text("简介", "What it does"), 5000)
    keywords = line(Text("关键词", "Keywords"), 200, required=False)
    industry = line(Text("行业", "Industry"), 40, required=False)
    stage = forms.ChoiceField(label=Text("所处阶段", "Stage"), choices=models.STAGES.choices)
    way = forms.ChoiceField(label=Text("转化方式", "Way"), choices=models.WAYS.choices)
    institution = RecordField(Text("完成机构", "Institution"), Institution.objects.none(), required=False, to_field_name="no")
    owner = PersonField(label=Text("联系专家", "Who answers for it"), required=False)

    def prepare(self) -> None:
        expert = getattr(self.person, "expert", None)
        narrow(self, "unit", Unit.objects.filter(pk=expert.unit_id) if expert else federations(self.person))
        self.fields["institution"].queryset = Institution.objects.filter(left_on=None).order_by("name")  # type: ignore[attr-defined]


class DeclineForm(ActForm):
    reason = forms.ChoiceField(label=Text("原因", "Reason"), choices=models.DECLINE_REASONS.choices, widget=forms.RadioSelect)
    note = box(Text("用自己的话说明", "In your own words"), 300)


class MeetForm(ActForm):
    met_on = day(Text("面谈日期", "Day"))
    meeting = box(Text("面谈纪要", "What was said"), 2000)


class SignForm(ActForm):
    title = line(Text("合同名称", "Title"), 120)
    kind = forms.ChoiceField(label=Text("合同类型", "Kind"), choices=models.CONTRACT_KINDS.choices)
    party_b = line(Text("乙方", "Party B"), 80)
    institution = RecordField(Text("乙方所属机构", "Party B's institution"), Institution.objects.none(), required=False, to_field_name="no")
    amount_fen = YuanField(label=Text("合同金额（元）", "Amount (yuan)"))
    signed_on = day(Text("签约日期", "Signed on"))
    ends_on = day(Text("合同到期日", "Ends on"))
    registered_no = line(Text("认定登记号", "Registration number"), 40, required=False)

    def prepare(self) -> None:
        self.fields["institution"].queryset = Institution.objects.filter(left_on=None).order_by("name")  # type: ignore[attr-defined]
        if self.record is not None:
            source = self.record.expert or self.record.offer
            institution = source.institution if source else None
            if institution is not None:
                self.fields["party_b"].initial = institution.name
                self.fields["institution"].initial = institution.no


class ClaimForm(ActForm):
    year = forms.IntegerField(label=Text("效益年度", "Year"), min_value=2000, max_value=2100)
    amount_fen = YuanField(label=Text("当年效益（元）", "Benefit of the year (yuan)"))
    basis = box(Text("核算依据", "How it was reckoned"), 300)


class ClaimAgainForm(ActForm):
    amount_fen = YuanField(label=Text("当年效益（元）", "Benefit of the year (yuan)"))
    basis = box(Text("核算依据", "How it was reckoned"), 300)
