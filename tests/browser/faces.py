"""Every face of the city with the person it is made for: what the browser walks through, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongchuang.academy.models import Session
from gongchuang.contests.models import Contest
from gongchuang.honours.models import SelectionRound
from gongchuang.matchmaker.models import Need
from gongchuang.people.models import Person
from gongchuang.proposals.models import Proposal
from gongchuang.results.models import Benefit, Result
from gongchuang.studios.models import Studio

FIGURE = "/figures/results.benefit/"


def of(login: str, person: Person) -> Iterator[str]:
    """The addresses of the pages that this person meets."""
    yield from {
        "": visitor, "worker": worker, "leader": leader, "officer": officer, "finance": finance, "studio": studio,
        "lecturer": lecturer, "judge": judge, "expert": expert, "city": city,
    }[login](person)  # fmt: skip


LOGINS = ("", "worker", "leader", "officer", "finance", "studio", "lecturer", "judge", "expert", "city")


def visitor(_person: Any) -> Iterator[str]:
    yield from ("/", "/figures/", "/report/", "/login/", "/tour/", "/help/", "/accessibility/", "/feedback/")
    yield from (FIGURE, *(f"{FIGURE}?tab={tab}" for tab in ("district", "enterprise", "trend", "definition")))
    yield from ("/results/", "/studios/", "/studios/tree/", "/studios/tree/?view=table", "/academies/", "/classes/", "/contests/")
    yield from ("/honours/", "/match/", "/search/?q=xyzzy", f"/studios/{first(Studio, state='named').ref}/", "/nowhere/")


def worker(person: Person) -> Iterator[str]:
    yield from ("/me/", "/me/todo/", "/me/proposals/", "/me/bank/", "/me/learning/", "/me/honours/", "/me/messages/", "/me/profile/")
    yield from ("/proposals/new/", f"/proposals/{Proposal.objects.filter(author=person).latest('pk').ref}/")
    yield f"/contests/{first(Contest, state='open').ref}/"


def leader(person: Person) -> Iterator[str]:
    proposal = Proposal.objects.filter(state="submitted", unit__path__range=person.unit.span()).latest("pk")
    yield from ("/team/inbox/", f"/proposals/{proposal.ref}/", f"/proposals/{proposal.ref}/decline/")


def officer(person: Person) -> Iterator[str]:
    yield from ("/org/", "/org/people/", "/org/people/import/", "/org/proposals/", "/org/bank/", "/dues/", "/policies/", "/org/training/")
    yield from ("/org/needs/", "/needs/new/", "/me/todo/", "/search/?q=叶轮", f"/people/{person.ref}/", "/contests/new/")
    yield f"/results/{Result.objects.filter(unit__path__range=person.unit.enterprise.span()).latest('pk').ref}/"


def finance(_person: Person) -> Iterator[str]:
    yield from ("/org/certify/", f"/benefits/{first(Benefit, state='checked').ref}/", "/settlements/")


def studio(person: Person) -> Iterator[str]:
    yield from ("/me/bank/", "/studios/", f"/studios/{first(Studio, leader=person).ref}/", "/activities/")


def lecturer(person: Person) -> Iterator[str]:
    yield from ("/sessions/", f"/sessions/{Session.objects.filter(training__lecturer__person=person).latest('pk').ref}/")


def judge(person: Person) -> Iterator[str]:
    contest = first(Contest, state="judging", sheets__judge=person)
    yield from ("/judge/", f"/judge/{contest.no}/")
    led = Contest.objects.filter(state="judging", chief=person).first()
    if led is not None:
        yield f"/contests/{led.ref}/"


def expert(_person: Person) -> Iterator[str]:
    yield from ("/match/", "/needs/", f"/needs/{first(Need, state='published').ref}/")


def city(_person: Person) -> Iterator[str]:
    yield from ("/fed/cockpit/", "/fed/cockpit/?screen=1", "/fed/awards/", "/fed/units/", "/fed/academy/", "/fed/match/")
    yield from (f"/rounds/{first(SelectionRound, state='public').ref}/", f"/needs/{first(Need, state='published').ref}/")


def first(model: Any, **wanted: Any) -> Any:
    found = model.objects.filter(**wanted).order_by("-pk").first()
    assert found is not None, f"the demo has no {model.__name__} with {wanted}"
    return found
