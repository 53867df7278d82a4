"""A contest that follows a class (跟进式竞赛): what was taught is tried, and the class says by which contest."""

from __future__ import annotations

from django.db.models import QuerySet

from gongchuang.academy import actions as academy
from gongchuang.academy import rules as academy_rules
from gongchuang.academy.models import TrainingClass
from gongchuang.contests import rules
from gongchuang.contests.models import Contest
from gongchuang.kernel.choosing import RecordField
from gongchuang.kernel.desk import ActForm
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person

BEFORE_MARKING = frozenset({"draft", "open"})


class FollowForm(ActForm):
    training = RecordField(Text("跟进哪个班次", "Which class it follows"), TrainingClass.objects.none())

    def prepare(self) -> None:
        if self.person is not None:
            rows = academy_rules.FOLLOW.among(self.person, TrainingClass.objects.without_contest())
            self.fields["training"].queryset = rows.order_by("-pk")  # type: ignore[attr-defined]


@action
def follow(contest: Contest, training: TrainingClass, *, by: Person, key: str) -> Contest:
    """Bind a contest to the class it follows (跟进班次), before it is marked and not before the class begins."""
    rules.FOLLOW.require(by, contest)
    if contest.state not in BEFORE_MARKING:
        raise Refused(Text("竞赛已开评，不能再绑定班次。", "The contest is being marked already."))
    if (before := followed(contest)) is not None:
        raise Refused(
            Text(f"这场竞赛已跟进班次“{before}”。", f"The contest follows the class “{before}” already."),
            cure=Text("一场竞赛只跟进一个班次。", "A contest follows one class."),
        )
    if contest.held_on < training.starts_on:
        raise Refused(Text("竞赛在开课之前，不是跟进。", "The contest comes before the class."), field="training")
    academy.link_contest(training, contest.uid, by=by, key=f"{key}:class")
    record(by, "contest.follow", subject=contest, key=key, training=training.no)
    return contest


def followed(contest: Contest) -> TrainingClass | None:
    """The class that a contest follows."""
    return classes_of(contest).first()


def classes_of(contest: Contest) -> QuerySet[TrainingClass]:
    """The same class, to be read with other things."""
    return TrainingClass.objects.filter(contest_uid=contest.uid).order_by("pk")[:1]
