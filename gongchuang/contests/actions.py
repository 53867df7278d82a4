"""Contests and entries (竞赛与报名): prepared, announced, entered. What judges do stands in judging.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from gongchuang.contests import flow, rules
from gongchuang.contests.models import Contest, Entrant, Entry, Panelist
from gongchuang.contests.presets import ENTRANTS, KINDS, LEVELS, PRIZES, SCHEMES, TAGS
from gongchuang.contests.prizes import read_prizes
from gongchuang.contests.scheme import read_rules
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Choices, Text
from gongchuang.people.models import Person, Unit


@action
def create(
    *,
    unit: Unit,
    title: str,
    kind: str,
    level: str,
    opens_on: date,
    closes_on: date,
    held_on: date,
    template: str = "practice",
    prize_table: str = "none",
    scheme: dict[str, Any] | None = None,
    prizes: list[dict[str, Any]] | None = None,
    entrants: str = "person",
    tags: Sequence[str] = (),
    trade: str = "",
    occupation_code: str = "",
    capacity: int | None = None,
    higher: Contest | None = None,
    places_up: int = 0,
    by: Person,
    key: str,
) -> Contest:
    """Prepare a contest from a template (筹备竞赛). A scheme or prize table of one's own takes the template's place."""
    rules.CREATE.require(by, unit)
    _among(KINDS, kind, "kind")
    _among(LEVELS, level, "level")
    _among(ENTRANTS, entrants, "entrants")
    for tag in tags:
        _among(TAGS, tag, "tags")
    if not title.strip():
        raise Refused(Text("请填写竞赛名称。", "Please give the contest a title."), field="title")
    if not opens_on <= closes_on <= held_on:
        raise Refused(
            Text("报名开始、报名截止、比赛日期应依次在后。", "Opening, closing and contest day must follow each other."),
            field="closes_on",
        )
    if higher is not None and (higher.entrants != entrants or higher.state not in ("draft", "open")):
        raise Refused(Text("上级竞赛不接收这类参赛者。", "The higher contest does not take these."), field="higher")
    contest = Contest(
        unit=unit,
        title=title.strip(),
        kind=kind,
        level=level,
        tags=list(tags),
        entrants=entrants,
        trade=trade.strip(),
        occupation_code=occupation_code.strip(),
        capacity=capacity,
        opens_on=opens_on,
        closes_on=closes_on,
        held_on=held_on,
        rules=read_rules(scheme or SCHEMES[template]).as_data(),
        prizes=[prize.as_data() for prize in read_prizes(PRIZES[prize_table] if prizes is None else prizes)],
        higher=higher,
        places_up=places_up if higher else 0,
        created_by=by,
        no=next_number("JS", clock.today().year),
    )
    flow.CONTEST.start(contest, by=by, key=key)
    return contest


def _among(codes: Choices, value: str, field: str) -> None:
    if value not in codes:
        raise Refused(Text(f"没有“{value}”这一项。", f"There is no {value!r}."), field=field)


@action
def appoint(contest: Contest, *, person: Person, is_chief: bool = False, is_judge: bool = True, by: Person, key: str) -> Contest:
    """Appoint a judge, the chief judge, or one who is both (聘任评委)."""
    rules.APPOINT.require(by, contest)
    in_state(contest, "draft", "open")
    if contest.persons.filter(person=person, is_standing=True).exists():
        raise Refused(Text("参赛者不能当评委。", "An entrant cannot judge."), field="person")
    if person == by:
        raise Refused(Text("不能聘任自己。", "Nobody appoints themselves."), field="person")
    if is_judge and not contest.panel.filter(person=person).exists():
        Panelist(contest=contest, person=person).save()
    if is_chief:
        contest.chief = person
    contest.save()
    record(
        by, "contest.appoint", subject=contest, key=key, tell=[person], person=person, is_chief=is_chief,
        say=Text(f"请您担任评委：{contest.title}", f"You are asked to judge: {contest.title}"),
    )  # fmt: skip
    return contest


@action
def announce(contest: Contest, *, by: Person, key: str) -> Contest:
    """Open the contest for entries; from here on its rules are sealed (发布竞赛)."""
    rules.ANNOUNCE.require(by, contest)
    contest.rules_version = contest.scheme().digest
    contest.prize_table()
    flow.CONTEST.move(contest, "announce", by=by, key=key, rules_version=contest.rules_version)
    return contest


@action
def cancel(contest: Contest, *, reason: str, by: Person, key: str) -> Contest:
    """Call a contest off (取消竞赛): those who entered are told why."""
    rules.CANCEL.require(by, contest)
    tell = [one.person for one in contest.persons.filter(is_standing=True).select_related("person")]
    flow.CONTEST.move(contest, "cancel", by=by, key=key, tell=tell, reason=reason)
    return contest


@action
def enter(
    contest: Contest,
    *,
    person: Person | None = None,
    unit: Unit | None = None,
    name: str = "",
    product: str = "",
    members: Sequence[Person] = (),
    by: Person,
    key: str,
) -> Entry:
    """Sign up (报名): oneself, or as leader or officer somebody of one's own; a team by its members; a unit by its product."""
    rules.ENTER.require(by, contest)
    hold(contest)
    _check_window(contest)
    people = _who_enters(contest, person, members, by)
    if contest.entrants == "unit":
        if unit is None or not product.strip():
            raise Refused(Text("请选择单位并填写产品。", "Please give the unit and its product."), field="product")
        rules.ENTER_FOR.require(by, unit)
    home = unit or people[0].unit
    entry = Entry(
        contest=contest,
        unit=home,
        name=_name_of(contest, home, people, name),
        product=product.strip(),
        entered_by=by,
        entered_on=clock.today(),
    )
    _check_room(contest, people, entry)
    flow.ENTRY.start(entry, by=by, key=key, name="enter", tell=people)
    _add_people(entry, people)
    return entry


@action
def enter_list(contest: Contest, *, members: Sequence[Person], by: Person, key: str) -> Contest:
    """Sign up a whole list of one's own (集体报名): all of them or, where one cannot enter, nobody."""
    rules.ENTER_LIST.require(by, contest)
    if contest.entrants != "person" or not members:
        raise Refused(Text("请填写要报名的职工。", "Please name the workers to enter."), field="members")
    for person in dict.fromkeys(members):
        try:
            enter(contest, person=person, by=by, key=f"{key}:{person.uid}")
        except Refused as refused:
            refused.field = "members"
            raise
    record(by, "contest.enter_list", subject=contest, key=key, count=len(members))
    return contest


def _check_window(contest: Contest) -> None:
    in_state(contest, "open")
    today = clock.today()
    if not contest.opens_on <= today <= contest.closes_on:
        raise Refused(
            Text(
                f"报名时间是 {contest.opens_on} 至 {contest.closes_on}。",
                f"Entries are taken from {contest.opens_on} to {contest.closes_on}.",
            )
        )


def _who_enters(contest: Contest, person: Person | None, members: Sequence[Person], by: Person) -> list[Person]:
    if contest.entrants == "unit":
        people: list[Person] = []
    elif contest.entrants == "team":
        people = list(dict.fromkeys(members))
        if len(people) < 2:
            raise Refused(Text("团队至少要有两名成员。", "A team has at least two members."), field="members")
    else:
        people = [person or by]
    for one in people:
        if one != by:
            rules.ENTER_FOR.require(by, one)
        if not one.is_active:
            raise Refused(Text(f"{one.name}已离职。", f"{one.name} has left."), field="person")
    return people


def _name_of(contest: Contest, home: Unit, people: Sequence[Person], name: str) -> str:
    if contest.entrants == "person":
        return people[0].name
    if contest.entrants == "team":
        return name.strip() or f"{home}{people[0].name}团队"
    return str(home)


def _check_room(contest: Contest, people: Sequence[Person], entry: Entry) -> None:
    standing = contest.entries.standing()
    if contest.capacity is not None and standing.count() >= contest.capacity:
        raise Refused(Text(f"名额已满（{contest.capacity}）。", f"All {contest.capacity} places are taken."))
    already = contest.persons.filter(person__in=people, is_standing=True).select_related("person").first()
    if already is not None:
        raise Refused(Text(f"{already.person.name}已报名。", f"{already.person.name} has entered already."), field="person")
    if entry.product and standing.filter(unit=entry.unit, product=entry.product).exists():
        raise Refused(Text("这个产品已报名。", "This product has been entered already."), field="product")
    judging = [*Person.objects.filter(panels__contest=contest, pk__in=[one.pk for one in people])]
    if judging or (contest.chief is not None and contest.chief in people):
        raise Refused(Text("评委不能参赛。", "A judge cannot compete."), field="person")


def _add_people(entry: Entry, people: Sequence[Person]) -> None:
    for one in people:
        Entrant(contest=entry.contest, entry=entry, person=one, unit=one.unit, level_then=one.skill_level).save()


@action
def withdraw(entry: Entry, *, by: Person, key: str) -> Entry:
    """Step back before the contest begins (退出报名)."""
    rules.WITHDRAW.require(by, entry)
    flow.ENTRY.move(entry, "withdraw", by=by, key=key)
    for entrant in entry.entrants.all():
        entrant.is_standing = False
        entrant.save()
    return entry


@action
def advance(entry: Entry, *, by: Person, key: str) -> Entry:
    """Recommend an entry one level up (晋级推荐): it is entered in the higher contest as it is, nothing typed again."""
    rules.ADVANCE.require(by, entry)
    contest = entry.contest
    higher = contest.higher
    if higher is None or contest.state != "released" or entry.rank is None or entry.rank > contest.places_up:
        raise Refused(Text(f"前 {contest.places_up} 名可以推荐到上级竞赛。", f"The first {contest.places_up} can be recommended."))
    if Entry.objects.filter(source=entry).exists():
        raise Refused(Text("已经推荐过了。", "It has been recommended already."))
    hold(higher)
    in_state(higher, "open")
    people = [one.person for one in entry.entrants.filter(is_standing=True).select_related("person__unit")]
    up = Entry(
        contest=higher,
        unit=entry.unit,
        name=entry.name,
        product=entry.product,
        source=entry,
        entered_by=by,
        entered_on=clock.today(),
    )
    _check_room(higher, people, up)
    flow.ENTRY.start(
        up, by=by, key=key, name="advance", tell=people,
        say=Text(f"已推荐参加：{higher.title}", f"Recommended for: {higher.title}"), source=entry,
    )  # fmt: skip
    _add_people(up, people)
    return up


def hold(contest: Contest) -> None:
    """Lock the contest's row and read it anew: places, draws and signatures are decided one after another."""
    contest.refresh_from_db(from_queryset=Contest.objects.select_for_update())


def in_state(contest: Contest, *states: str) -> None:
    """Refuse, in words, an act the contest's state does not allow."""
    if contest.state not in states:
        label = flow.CONTEST.states.texts[contest.state]
        raise Refused(Text(f"竞赛现在是“{label.zh}”。", f"The contest is now “{label.en}”."))
