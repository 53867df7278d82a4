"""What the making of the demo city says as it goes (进度): one sentence a chapter, with what there is now.

The chapters stand in the order in which they are made; each has its file here, with build(city).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongchuang.academy.models import Attendance, Lecturer, TrainingClass
from gongchuang.bank.models import Policy, Transfer
from gongchuang.contests.models import Contest, Entry
from gongchuang.honours.models import SelectionRound
from gongchuang.indicators.models import Fact, Observation
from gongchuang.kernel.text import Text
from gongchuang.matchmaker.models import Match, Need, Offer
from gongchuang.people.models import Grant, Person, Unit
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Benefit, Result
from gongchuang.studios.models import InnovationGroup, Mentorship, Studio


def people() -> Text:
    return Text(f"单位 {count(Unit)} 个，职工 {count(Person)} 人", f"{count(Unit)} units, {count(Person)} persons")


def figures() -> Text:
    return Text(f"计入指标的事实 {count(Fact)} 条", f"{count(Fact)} facts counted in the figures")


CHAPTERS: dict[str, Callable[[], Text]] = {
    "proposals": lambda: Text(f"合理化建议 {count(Proposal)} 条", f"{count(Proposal)} proposals"),
    "results": lambda: Text(
        f"创新成果 {count(Result)} 项，效益 {count(Benefit)} 笔", f"{count(Result)} results with {count(Benefit)} benefits"
    ),
    "bank": lambda: Text(
        f"激励政策 {count(Policy)} 条，转账 {count(Transfer)} 笔", f"{count(Policy)} incentive policies, {count(Transfer)} transfers"
    ),
    "studios": lambda: Text(
        f"创新工作室 {count(Studio)} 个，带徒 {count(Mentorship)} 对，五小小组 {count(InnovationGroup)} 个",
        f"{count(Studio)} studios, {count(Mentorship)} apprenticeships, {count(InnovationGroup)} innovation groups",
    ),
    "academy": lambda: Text(
        f"讲师 {count(Lecturer)} 名，培训班 {count(TrainingClass)} 个，签到 {count(Attendance)} 人次",
        f"{count(Lecturer)} lecturers, {count(TrainingClass)} classes, {count(Attendance)} attendances",
    ),
    "contests": lambda: Text(
        f"劳动竞赛 {count(Contest)} 场，参赛 {count(Entry)} 个", f"{count(Contest)} contests with {count(Entry)} entries"
    ),
    "matchmaker": lambda: Text(
        f"技术需求 {count(Need)} 项，供给 {count(Offer)} 项，对接 {count(Match)} 次",
        f"{count(Need)} needs, {count(Offer)} offers, {count(Match)} matches",
    ),
    "honours": lambda: Text(
        f"选树 {count(SelectionRound)} 批，授予荣誉 {count(Grant)} 项",
        f"{count(SelectionRound)} rounds of selection, {count(Grant)} honours granted",
    ),
    "history": lambda: Text(f"历史填报值 {count(Observation)} 个", f"{count(Observation)} figures from before the platform"),
}


def count(model: Any) -> str:
    return f"{model.objects.count():,}"
