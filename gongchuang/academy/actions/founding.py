"""Academies and their colleges: applied for, reviewed, named, struck off (申报、审核、命名、摘牌)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongchuang.academy import flow, rules
from gongchuang.academy.codes import PASS_SCORE
from gongchuang.academy.models import Academy, AcademyFounder, IndustryCollege
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, touch
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person, Unit


@action
def apply(
    unit: Unit,
    name: str,
    level: str,
    kind: str,
    founders: Iterable[Unit],
    self_score: int,
    brand: str = "",
    capacity: int = 0,
    *,
    by: Person,
    key: str,
) -> Academy:
    """Apply for an academy's name (申报); its founders are the unit it stands in and at least one more."""
    rules.APPLY.require(by, unit)
    others = {founder.pk: founder for founder in founders if founder.pk != unit.pk}
    if not others:
        raise Refused(
            Text("工匠学院由几家单位共建。", "An academy is founded by several units."),
            field="founders",
            cure=Text("请至少选一家共建单位。", "Choose at least one more founding unit."),
        )
    _check_score(self_score, "self_score")
    _check_name(name)
    academy = Academy(
        unit=unit,
        name=name,
        level=level,
        kind=kind,
        brand=brand,
        capacity=capacity,
        self_score=self_score,
        applied_by=by,
        no=next_number("XY", clock.today().year),
    )
    flow.ACADEMY.start(academy, by=by, key=key, name="apply")
    touch(AcademyFounder.objects.bulk_create(AcademyFounder(academy=academy, unit=one) for one in (unit, *others.values())))
    return academy


@action
def review(academy: Academy, review_score: int, *, by: Person, key: str) -> Academy:
    """Check the self-assessment on paper and on site (审核)."""
    rules.REVIEW.require(by, academy)
    _check_score(review_score, "review_score")
    academy.review_score, academy.reviewed_by = review_score, by
    flow.ACADEMY.move(academy, "review", by=by, key=key, tell=[academy.applied_by])
    return academy


@action
def send_back(academy: Academy, reason: str, *, by: Person, key: str) -> Academy:
    """Send an application back with a reason (退回)."""
    rules.SEND_BACK.require(by, academy)
    academy.review_score, academy.reviewed_by = None, None
    flow.ACADEMY.move(academy, "send_back", by=by, key=key, tell=[academy.applied_by], reason=reason)
    return academy


@action
def reapply(academy: Academy, self_score: int, brand: str = "", capacity: int = 0, *, by: Person, key: str) -> Academy:
    """Hand a corrected application in again (重新申报)."""
    rules.REAPPLY.require(by, academy)
    _check_score(self_score, "self_score")
    academy.self_score = self_score
    academy.brand, academy.capacity = brand or academy.brand, capacity or academy.capacity
    flow.ACADEMY.move(academy, "reapply", by=by, key=key)
    return academy


@action
def name(academy: Academy, document_no: str, *, by: Person, key: str) -> Academy:
    """Name the academy by a numbered document (命名); from this day it counts."""
    rules.NAME.require(by, academy)
    academy.document_no, academy.named_on, academy.named_by = document_no, clock.today(), by
    flow.ACADEMY.move(academy, "name", by=by, key=key, tell=[academy.applied_by], document_no=document_no)
    return academy


@action
def strike_off(academy: Academy, reason: str, *, by: Person, key: str) -> Academy:
    """Take the name away (摘牌); from this day it no longer counts, nor do its colleges."""
    rules.STRIKE_OFF.require(by, academy)
    if academy.classes.filter(state__in=["signing_up", "running"]).exists():
        raise Refused(
            Text("还有没结业的班次，不能摘牌。", "Classes are still under way."),
            cure=Text("请先办结或取消这些班次。", "Finish or cancel them first."),
        )
    academy.struck_on, academy.struck_for = clock.today(), reason
    flow.ACADEMY.move(academy, "strike_off", by=by, key=key, tell=[academy.applied_by], reason=reason)
    for college in academy.colleges.filter(state="open"):
        college.closed_on = clock.today()
        flow.COLLEGE.move(college, "close", by=by, key=f"{key}:{college.pk}", reason=reason)
    return academy


@action
def found_college(
    academy: Academy,
    name: str,
    industry: str,
    unit: Unit | None = None,
    founded_on: date | None = None,
    *,
    by: Person,
    key: str,
) -> IndustryCollege:
    """Found an industry college below an academy (设立二级产业学院)."""
    rules.RUN.require(by, academy)
    require_standing(academy)
    founded_on = founded_on or clock.today()
    if founded_on > clock.today():
        raise Refused(Text("设立日期不能晚于今天。", "The founding day cannot lie in the future."), field="founded_on")
    if IndustryCollege.objects.filter(name=name, state="open").exists():
        raise Refused(Text("已有同名的产业学院。", "A college of this name stands already."), field="name")
    college = IndustryCollege(
        academy=academy,
        name=name,
        industry=industry,
        unit=unit or academy.unit,
        founded_on=founded_on,
        no=next_number("CY", clock.today().year),
    )
    flow.COLLEGE.start(college, by=by, key=key, name="found")
    return college


@action
def close_college(college: IndustryCollege, reason: str, *, by: Person, key: str) -> IndustryCollege:
    """Close an industry college (撤销)."""
    rules.CLOSE.require(by, college)
    college.closed_on = clock.today()
    flow.COLLEGE.move(college, "close", by=by, key=key, reason=reason)
    return college


def require_standing(academy: Academy) -> None:
    """Only a named academy founds, hires and teaches."""
    if not academy.is_standing:
        raise Refused(
            Text("这家学院还没有命名，或已摘牌。", "This academy is not named, or was struck off."),
            field="academy",
        )


def _check_score(score: int, field: str) -> None:
    if not PASS_SCORE <= score <= 100:
        raise Refused(
            Text(
                f"评分 {score} 分，须在 {PASS_SCORE} 至 100 分之间。",
                f"The score is {score}; it must be {PASS_SCORE} to 100.",
            ),
            field=field,
            cure=Text("不足时请先整改，再申报；审核不足时请退回。", "Improve first, then apply; when reviewing, send it back."),
        )


def _check_name(name: str) -> None:
    if Academy.objects.filter(name=name).exclude(state="struck_off").exists():
        raise Refused(Text("已有同名的学院。", "An academy of this name exists already."), field="name")
