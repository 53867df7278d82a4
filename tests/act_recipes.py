"""How each act is brought about where a field's own choices do not say it: the record, the person, what is filled in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from gongchuang.academy import checkin
from gongchuang.academy.models import Session
from gongchuang.bank.models import Due
from gongchuang.contests import actions as contests
from gongchuang.contests.models import Contest, Entry, ScoreSheet
from gongchuang.contests.rules import ENTER_FOR
from gongchuang.kernel import clock
from gongchuang.matchmaker.models import Expert, Institution
from gongchuang.people import actions as people
from gongchuang.people.models import Person
from gongchuang.results.models import Result
from gongchuang.results.rewards import source_of


def day(ahead: int) -> str:
    return (clock.today() + timedelta(days=ahead)).isoformat()


def rows(**cells: Any) -> str:
    return json.dumps([{name: str(value) for name, value in cells.items()}])


def _sheet() -> str:
    return rows(kind="saving", label="焊丝", before=5, after=3, quantity=100, price=8)


def _makers(press: Any) -> str:
    return rows(who=press.person.uid, share=100)


def _marks(press: Any) -> dict[str, str]:
    return {name: "1" for name in press.form().fields if name.startswith("mark_")}


def _judge(press: Any) -> dict[str, Any]:
    judges = press.form().fields["person"].queryset.exclude(panels__contest=press.record).exclude(pk=press.person.pk)
    return {"person": judges.last().pk, "is_judge": "on"}


def _entrants(press: Any) -> str:
    """Somebody whom the presser leads and who has not entered."""
    led = ENTER_FOR.among(press.person, Person.objects.active()).exclude(contest_entries__contest=press.record)
    return next(one.name for one in led.exclude(pk=press.person.pk) if Person.objects.filter(name=one.name).count() == 1)


def _candidate(press: Any) -> str:
    free = Expert.objects.filter(left_on=None).exclude(person=None).exclude(matches__need=press.record)
    return f"expert:{free.exclude(person__unit__path__range=press.record.unit.span()).last().no}"


def same(subject: Any) -> Any:
    return subject


# Values of their own for fields that their kind alone does not explain; a callable is given the press.
DATA: dict[str, Any] = {
    "people.account": {"login": "zhangweiming2"},
    "accounts.redeem": {"points": 1},
    "policies.propose": {"bands": rows(from_fen=0, rate=2)},
    "dues.award": {"winner": lambda press: str(press.form().fields["winner"].among.exclude(pk=press.person.pk)[0].uid)},
    "settlements.settle": {"period": "2026"},
    "results.new": {"makers": _makers},
    "results.resubmit": {"makers": lambda press: rows(who=press.record.makers.get().person.uid, share=100)},
    "results.claim": {"from_on": "2026-01-01", "to_on": "2026-12-31", "lines": lambda press: _sheet()},
    "benefits.reclaim": {"lines": lambda press: _sheet()},
    "results.patent": {"number": "201610018402.3", "filed_on": "2026-01-04"},
    "studios.join": {},
    "mentorships.new": {"ends_on": lambda press: day(200)},
    "plans.open": {"target_rank": 8, "target_on": lambda press: day(300)},
    "academies.apply": {"founders": "E0001\nE0002", "name": "港区数控工匠学院", "self_score": 90},
    "academies.reapply": {"self_score": 90},
    "academies.review": {"review_score": 90},
    "contests.new": {
        "opens_on": lambda press: day(0), "closes_on": lambda press: day(20), "held_on": lambda press: day(40),
        "level": "enterprise",
    },
    "contests.enter_list": {"members": _entrants},
    "contests.appoint": _judge,
    "contests.veto": {"code": 1},
    "sheets.mark": _marks,
    "sheets.lock": _marks,
    "needs.new": {"contact_phone": "0531-88001122", "valid_until": lambda press: day(100)},
    "needs.correct": {"aims": "开裂率：1.8% → 0.3%"},
    "enrolments.mark": {"theory_tenths": 90, "practice_tenths": 90},
    "needs.put_forward": {"candidate": _candidate},
    "experts.new": {"name": "外请教授", "institution": lambda press: Institution.objects.filter(left_on=None).first().no},
    "sessions.check_in": {"code": lambda press: checkin.code_at(press.record.uid, clock.now())},
    "studios.set_mother": {"mother": lambda press: press.record.mother.no},
    "matches.sign": {"ends_on": lambda press: day(200)},
    "contracts.claim": {"year": lambda press: clock.today().year},
    "rounds.open": {"recommend_until": lambda press: day(30), "publicity_days": 5},
    "honours.enter": {"person": lambda press: Person.objects.active().inside(press.person.unit.enterprise).exclude(pk=press.person.pk)[0].uid},
    "observations.enter": {"period": "2019", "value": "12"},
}  # fmt: skip
# Who presses, where not everybody who may is a good choice.
PERSON: dict[str, Callable[[Any], bool]] = {
    "results.new": lambda press: not press.person.roles() & {"officer", "city", "district"},  # another must recognise it
    "contests.enter_list": lambda press: "leader" in press.person.roles(),
}
# Which record, where not every one in the right state is.
RECORD: dict[str, Callable[[Any], bool]] = {
    "accounts.redeem": lambda record: record.kind == "worker" and record.balance and record.balance > 0,
    "results.claim": lambda record: not record.benefits.exists(),
    "benefits.overturn": lambda record: Due.objects.filter(source=source_of(record), state="paid").exists(),
    "studios.set_mother": lambda record: record.mother_id is not None,
}
# The act before, and from its subject the record.
AFTER: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "policies.approve": ("policies.propose", same),
    "policies.drop": ("policies.propose", same),
    "settlements.approve": ("settlements.settle", same),
    "settlements.pay": ("settlements.approve", same),
    "settlements.drop": ("settlements.settle", same),
    "proposals.answer": ("proposals.ask", same),
    "proposals.begin": ("proposals.adopt", same),
    "proposals.implement": ("proposals.begin", same),
    "results.recognise": ("results.new", same),
    "results.send_back": ("results.new", same),
    "results.resubmit": ("results.send_back", same),
    "results.grant_patent": ("results.patent", lambda patent: patent.result),
    "spreads.take_up": ("results.spread", same),
    "spreads.turn_down": ("results.spread", same),
    "studios.review": ("studios.recommend", same),
    "studios.name": ("studios.review", same),
    "studios.reapply": ("studios.send_back", same),
    "studios.restore": ("studios.rectify", same),
    "activities.correct": ("activities.send_back", same),
    "groups.confirm": ("groups.new", same),
    "mentorships.agree": ("mentorships.new", same),
    "measures.enter_again": ("measures.send_back", same),
    "academies.reapply": ("academies.send_back", same),
    "academies.name": ("academies.review", same),
    "contests.announce": ("contests.appoint", same),
    "contests.appoint": ("contests.new", same),
    "needs.correct": ("needs.send_back", same),
    "offers.publish": ("offers.new", same),
    "matches.want": ("needs.put_forward", same),
    "matches.welcome": ("needs.volunteer", same),
    "matches.accept": ("matches.want", same),
    "matches.meet": ("matches.accept", same),
    "matches.sign": ("matches.meet", same),
    "matches.decline": ("needs.put_forward", same),
    "match-benefits.confirm": ("contracts.claim", same),
    "match-benefits.send_back": ("contracts.claim", same),
    "match-benefits.claim_again": ("match-benefits.send_back", same),
    "rounds.publish": ("rounds.recommend", lambda nomination: nomination.round),
    "nominations.withdraw": ("rounds.recommend", same),
    "observations.confirm": ("observations.enter", same),
    "observations.decline": ("observations.enter", same),
    "dues.recover": ("benefits.overturn", lambda benefit: Due.objects.filter(state="to_recover").last()),
    "people.account": ("units.enrol", same),
    "people.password": ("people.account", same),
    "people.end_post": ("people.appoint", lambda post: post.person),
    "proposals.take_back": ("proposals.adopt", same),
    "contests.follow": ("contests.new", same),
    "rounds.name": ("objections.dismiss", lambda objection: objection.nomination.round),
}
# Acts whose time has not come on the day of the tests.
NOW = {"contests.begin": "2026-06-25T09:00", "rounds.name": "2026-06-15T09:00", "rounds.settle": "2026-06-15T09:00"}


# ---- records that take more than the act before ----------------------------------------------------------------------


def _recommended(world: Any) -> Any:
    return people.recommend_level(world.city.cast["worker"], level=5, source="竞赛", by=None, key="act recommend")


def _running(world: Any) -> Any:
    """A class with one meeting and one trainee; the meeting is open."""
    training = world.pressed("academies.open_class")[1]
    world.pressed("classes.enrol", training)
    return world.pressed("sessions.open", training.sessions.get())[1]


def _ticked(world: Any) -> Any:
    session = _running(world)
    world.pressed("sessions.tick", session)
    return session


def _taught(world: Any) -> Any:
    session = _ticked(world)
    world.pressed("sessions.close", session)
    world.pressed("enrolments.mark", session.training.enrolments.get())
    return session.training


def _reached(world: Any) -> Any:
    plan = world.pressed("plans.open")[1]
    level = people.recommend_level(plan.person, level=plan.target_rank, source="竞赛", by=None, key="act reach")
    world.pressed("skills.confirm", level)
    return plan


def _with_panel(world: Any) -> Any:
    contest = Contest.objects.filter(state="open").latest("pk")
    city = world.city.cast["city"]
    judges = Person.objects.active().filter(posts__role__in=["judge", "chief_judge"]).exclude(contest_entries__contest=contest)
    for number, judge in enumerate(judges.exclude(pk=city.pk).distinct()[:8]):
        contests.appoint(contest, person=judge, is_chief=not number, is_judge=bool(number), by=city, key=f"act panel {number}")
    return contest


def _all_locked(world: Any) -> Any:
    contest = next(one for one in Contest.objects.filter(state="judging") if one.sheets.filter(state="open").count() < 5)
    for sheet in ScoreSheet.objects.filter(contest=contest, state="open"):
        world.pressed("sheets.lock", sheet)
    return contest


def _next_in_rank(world: Any) -> Any:
    """Somebody who was not recommended, once there is one place more and the contest above is still open."""
    entry = Entry.objects.filter(state="placed", contest__higher__isnull=False, advanced=None).order_by("rank").first()
    above = Contest.objects.filter(state="open", entrants=entry.contest.entrants).first()
    Contest.objects.filter(pk=entry.contest_id).update(places_up=entry.rank, higher=above)
    return entry


def _paid_out(world: Any) -> Any:
    known = set(Due.objects.values_list("pk", flat=True))
    selection = world.pressed("rounds.name")[1]
    for due in Due.objects.exclude(pk__in=known):
        world.pressed("dues.approve", due)
        world.pressed("dues.pay", due)
    return selection


MADE: dict[str, Callable[[Any], Any]] = {
    "skills.confirm": _recommended,
    "skills.refuse": _recommended,
    "sessions.check_in": _running,
    "sessions.tick": _running,
    "sessions.tick_many": _running,
    "sessions.close": _running,
    "sessions.untick": _ticked,
    "classes.finish": _taught,
    "enrolments.mark": lambda world: _ticked(world).training.enrolments.get(),
    "plans.reach": _reached,
    "contests.begin": _with_panel,
    "contests.sign": _all_locked,
    "entries.advance": _next_in_rank,
    "rounds.settle": _paid_out,
    "contests.release": lambda world: world.pressed("contests.sign")[1],
}


# The Event of an act that is not named like its rule.
EVENT = {
    "people.account": "account.open",
    "people.password": "account.reset_password",
    "skills.refuse": "skill.refuse",
    "accounts.redeem": "due.owe",
    "results.patent": "patent.file",
    "sessions.check_in": "attendance.note",
    "sessions.tick": "attendance.note",
    "sessions.tick_many": "session.tick_many",
    "sessions.untick": "attendance.take_back",
    "sessions.close": "session.close",
    "needs.put_forward": "match.recommend",
    "honours.revoke": "grant.take_back",
    "people.appoint": "post.appoint",
    "people.leave": "person.leave",
    "people.public": "person.set_public",
    "results.make": "result.register",
    "results.grant_patent": "patent.grant",
    "results.spread": "spread.offer",
    "results.note": "result.note",
    "classes.sign_up": "enrolment.sign_up",
    "classes.enrol": "enrolment.sign_up",
    "classes.enrol_many": "class.enrol_many",
    "classes.add_session": "session.plan",
    "plans.do_line": "plan.do_line",
    "sessions.open": "session.open",
    "sessions.drop": "session.drop",
    "academies.found_college": "college.found",
    "academies.enlist": "lecturer.enlist",
    "academies.offer_course": "course.offer",
    "academies.open_class": "class.open",
    "contests.enter": "entry.enter",
    "sheets.reopen": "sheet.mark_again",
    "needs.volunteer": "match.volunteer",
    "rounds.recommend": "nomination.recommend",
    "nominations.lodge": "objection.lodge",
    "objections.uphold": "objection.uphold",
    "objections.dismiss": "objection.dismiss",
}
# Acts that are everybody's own to do, with the reason: a stranger of another enterprise is no stranger to them.
OPEN = {
    "classes.sign_up": "any worker of the city takes a seat",
    "contests.enter": "a city's contest is open to its workers",
    "nominations.lodge": "whoever knows something may object",
}
# Acts after which the same form no longer fits, so that other content cannot be told from the same: the press leads on.
MOVED_ON = {"sessions.untick"}
# Acts with a natural key: the same content again, under whatever key, leads to the one there is.
SAME = {
    "settlements.settle": "one preview a year",
}


def named_by(record: Any) -> list[Any]:
    """Persons a record names through others."""
    if isinstance(record, Contest):
        return [judge.person for judge in record.panel.select_related("person")]
    if isinstance(record, Result):
        return [maker.person for maker in record.makers.select_related("person")]
    if isinstance(record, Session):
        return [one.person for one in record.training.enrolments.select_related("person")]
    return []
