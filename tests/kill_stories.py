"""The acts that are killed: each with what it counts, and what the count is once it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gongchuang.bank import actions as bank
from gongchuang.bank import settlement
from gongchuang.bank.models import Account, Consumption, Due, Lot, Policy, Settlement, Transfer
from gongchuang.kernel import clock
from gongchuang.kernel.models import Event, SearchWord, Waiting
from gongchuang.people import actions as people
from gongchuang.people import bulk, imports, roster_staging
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Person, Post, SkillRecord, Unit
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_undo import undo_import
from gongchuang.proposals import actions as proposals
from gongchuang.proposals.models import Coauthor, Proposal
from gongchuang.results import actions as results
from gongchuang.results import certification
from gongchuang.results.models import Benefit

PERSONS = 60
ROWS = 25
LONG, BATCH = 20, 6  # rows of a roster that is brought in by batches: 6, 6, 6, 2
Counts = list[int]
DONE: dict[str, Callable[[Counts], Counts]] = {
    "submit": lambda before: [before[0] + 1, before[1] + 1, before[2] + 1, before[3] + 1],
    "enrol_many": lambda before: [before[0] + PERSONS, before[1] + PERSONS, before[2] + PERSONS, before[3] + 1],
    "import_roster": lambda before: [before[0] + ROWS, before[1] + ROWS + 1, before[2] + ROWS, before[3] + 1, before[4] + 1],
    # points, lots and dues of two makers; the certificate and, of each due, its beginning and its falling due
    "certify": lambda before: [before[0] + 2, before[1] + 2, before[2] + 2, before[3], before[4] + 120, before[5] + 5],
    "redeem_year": lambda before: [before[0] + 2, before[1], before[2], before[3] + 2, before[4] - 120, before[5] + 1],
    "undo_import": lambda before: [before[0] - ROWS, before[1] - ROWS - 1, before[2] - ROWS, before[3] - 1, before[4] + 1],
    "import_in_batches": lambda before: [before[0] + LONG, before[1] + LONG, before[2], before[3], before[4] + 4],
    "undo_in_batches": lambda before: [before[0] - LONG, before[1] - LONG, before[2], before[3], before[4] + 4],
}


def between(name: str, before: Counts) -> list[Counts]:
    """What may stand there after a kill besides nothing and all: whole batches, each with its Event."""
    if name not in ("import_in_batches", "undo_in_batches"):
        return []
    taken = [BATCH * n if name == "import_in_batches" else -BATCH * n for n in (1, 2, 3)]
    return [[before[0] + n, before[1] + n, before[2], before[3], before[4] + at] for at, n in enumerate(taken, start=1)]


def prepared() -> Iterator[tuple[str, Callable[[], Any], Callable[[], Counts]]]:
    city = people.found_city(name="海岳市", code="379900", by=None, key="city")
    admin = people.enrol(city, name="管理员", by=None, key="admin")
    people.appoint(admin, role="admin", over=city, by=None, key="post")
    factory = people.found_unit(city, kind="enterprise", name="海岳风机", by=admin, key="factory")
    team = people.found_unit(factory, kind="team", name="叶轮装配班", by=admin, key="team")
    worker, friend, leader = (people.enrol(team, name=name, by=admin, key=name) for name in ("张伟明", "刘建军", "李国栋"))
    people.appoint(leader, role="leader", over=team, by=admin, key="leader")

    def submit() -> object:
        return proposals.submit(team, problem="转运架横杆裸露", idea="横杆套上护套", coauthors=[friend], by=worker, key="the-proposal")

    def counted() -> Counts:
        return [Proposal.objects.count(), Coauthor.objects.count(), Waiting.objects.count(), Event.objects.count()]

    yield "submit", submit, counted
    rows = [bulk.NewPerson(unit=team, name=f"职工{number}", work_no=f"W{number}", skill_level=3) for number in range(PERSONS)]

    def enrol_many() -> object:
        return bulk.enrol_many(team, rows=rows, by=admin, key="the-roster")

    def persons() -> Counts:
        assert SearchWord.objects.exists()
        return [Person.objects.count(), Post.objects.count(), SkillRecord.objects.count(), Event.objects.count()]

    yield "enrol_many", enrol_many, persons
    yield from _postings(factory, team, admin, [worker, friend])
    yield from _imports(factory, admin)


def _postings(
    factory: Unit, team: Unit, admin: Person, makers: list[Person]
) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Counts]]]:
    """A certificate with its points and dues, and a year's redemption: 600,000 yuan, 120 points."""
    officer, certifier = (people.enrol(factory, name=name, by=admin, key=name) for name in ("王秀兰", "陈静"))
    for person, role in ((officer, "officer"), (certifier, "certifier")):
        people.appoint(person, role=role, over=factory, by=admin, key=role)
    today = clock.today()
    for plan, terms in (("points", {"fen_per_point": 500_000, "fen_for_point": 500}), ("share", {"bands": [(0, 400)]})):
        made = bank.propose_policy(factory, plan=plan, name=plan, from_on=today, by=officer, key=plan, **terms)
        bank.approve_policy(made, by=certifier, key=f"{plan}:approve")
    shares = list(zip(makers, (6_000, 4_000), strict=True))
    result = results.register(
        team, kind="invention", title="快换工装", problem="找正费时", solution="锥销", makers=shares, by=officer, key="result"
    )
    line = {"kind": "saving", "label": "工时", "before": 1, "after": 0, "quantity": 6_000, "price_fen": 10_000}
    benefit = certification.claim(result, from_on=today, to_on=today, lines=[line], by=officer, key="claim")

    def counted() -> Counts:
        tables = [model.objects.count() for model in (Transfer, Lot, Due, Consumption)]
        return [*tables, sum(account.balance or 0 for account in Account.objects.filter(kind="worker")), Event.objects.count()]

    def certify() -> object:
        return certification.certify(Benefit.objects.get(pk=benefit.pk), by=certifier, key="the-certificate")

    yield "certify", certify, counted
    assert Policy.objects.in_force().count() == 2
    year = settlement.settle(factory, period=str(today.year), by=None, key="the-year")

    def redeem() -> object:
        return settlement.approve_settlement(Settlement.objects.get(pk=year.pk), by=officer, key="the-approval")

    yield "redeem_year", redeem, counted


def _imports(factory: Unit, admin: Person) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Counts]]]:
    """A roster that enters people into a department it makes, moves one who is known, and is taken back again."""
    headings = {"name": "姓名", "work_no": "工号", "team": "班组", "skill_level": "技能等级"}
    columns = [
        {"number": at, "letter": "ABCD"[at], "heading": heading, "key": key, "why": "heading", "samples": []}
        for at, (key, heading) in enumerate(headings.items())
    ]
    people.enrol(factory, name="王秀兰", work_no="F1", by=admin, key="known")
    rows = [(2, ["王秀兰", "F1", "叶轮车间", ""])] + [
        (number, [f"职工{chr(0x4E00 + number)}", f"F{number}", "叶轮车间", "高级工"]) for number in range(3, 3 + ROWS)
    ]
    run = roster_staging.stage(factory, file_name="a.csv", file_digest="0", sheet="", head=1, columns=columns, rows=rows, by=None)
    roster_staging.preview(run)
    roster_staging.decide(run, "unit_missing:叶轮车间", "create")

    def counted() -> Counts:
        tables = [model.objects.count() for model in (Person, Post, SkillRecord, Unit, Event)]
        staged = ImportRun.objects.get(pk=run.pk)
        assert staged.rows.count() == len(rows)  # the rows stay whatever happens
        return tables

    yield "import_roster", lambda: bring_in(ImportRun.objects.get(pk=run.pk), by=None), counted
    yield "undo_import", lambda: undo_import(ImportRun.objects.get(pk=run.pk), by=None, key="undo"), counted

    yield from _batches(factory, counted_of=lambda: [model.objects.count() for model in (Person, Post, SkillRecord, Unit, Event)])


def _batches(factory: Unit, counted_of: Callable[[], Counts]) -> Iterator[tuple[str, Callable[[], Any], Callable[[], Counts]]]:
    """A roster too long for one transaction: killed anywhere, it goes on behind the last batch that is whole."""
    imports.AT_ONCE, imports.BATCH_ROWS = 10, BATCH
    columns = [
        {"number": at, "letter": "AB"[at], "heading": heading, "key": key, "why": "heading", "samples": []}
        for at, (key, heading) in enumerate({"name": "姓名", "work_no": "工号"}.items())
    ]
    rows = [(number, [f"职工{chr(0x5200 + number)}", f"L{number}"]) for number in range(2, 2 + LONG)]
    run = roster_staging.stage(factory, file_name="b.csv", file_digest="1", sheet="", head=1, columns=columns, rows=rows, by=None)
    roster_staging.preview(run)
    yield "import_in_batches", lambda: bring_in(ImportRun.objects.get(pk=run.pk), by=None), counted_of
    yield "undo_in_batches", lambda: undo_import(ImportRun.objects.get(pk=run.pk), by=None, key="long"), counted_of
