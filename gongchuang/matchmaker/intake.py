"""Every change of what comes in: visits, needs, institutions, experts, offers. What becomes of it stands in actions.py."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.history import action, record
from gongchuang.kernel.models import next_number
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import flow, rules
from gongchuang.matchmaker.models import (
    Expert,
    ExpertItem,
    Institution,
    Need,
    NeedContact,
    NeedIndicator,
    NeedText,
    Offer,
    Visit,
)
from gongchuang.people.models import Person, Unit, holders_of

type Aim = tuple[str, str, str, str]
"""Name, current, target, unit of one measurable aim."""

# ---- visits and needs ------------------------------------------------------------------------------------------------


@action
def visit(*, unit: Unit, visited_on: date, note: str, by: Person, key: str, companions: str = "") -> Visit:
    """Write down a visit to the line (登记走访)."""
    rules.VISIT.require(by, unit)
    _not_in_future(visited_on, "visited_on")
    made = Visit(no=next_number("ZF", visited_on.year), unit=unit, visited_on=visited_on, visitor=by, companions=companions, note=note)
    made.save()
    record(by, "visit.make", subject=made, key=key)
    return made


@action
def collect(
    *, unit: Unit, title: str, abstract: str, text: str, kind: str, industry: str, way: str, tier: str, valid_until: date,
    contact_name: str, contact_phone: str, by: Person, key: str, field: str = "", budget_fen: int | None = None,
    wanted_on: date | None = None, visit: Visit | None = None, aims: Iterable[Aim] = (),
) -> Need:  # fmt: skip
    """Collect a need (采集需求), with the visit on which it was found; text and contact are kept apart from its public side."""
    rules.COLLECT.require(by, unit)
    if visit is not None and visit.unit_id != unit.pk:
        raise Refused(Text("这次走访去的是别的企业。", "That visit was to another enterprise."), field="visit")
    if valid_until < clock.today():
        raise Refused(Text("有效期已过。", "It would be out of date already."), field="valid_until")
    need = Need(
        no=next_number("XQ", clock.today().year), title=title, abstract=abstract, kind=kind, unit=unit, industry=industry,
        field=field, way=way, budget_fen=budget_fen, wanted_on=wanted_on, valid_until=valid_until, tier=tier, visit=visit,
        collected_on=visit.visited_on if visit else clock.today(), collected_by=by,
    )  # fmt: skip
    flow.NEED.start(need, by=by, key=key, name="collect", tell=holders_of(("matchmaker",), unit))
    NeedText(need=need, text=text).save()
    NeedContact(need=need, name=contact_name, phone=contact_phone).save()
    _write_aims(need, aims)
    return need


@action
def correct(need: Need, *, title: str, abstract: str, text: str, by: Person, key: str, aims: Iterable[Aim] = ()) -> Need:
    """Put a returned need right (更正需求)."""
    rules.CORRECT.require(by, need)
    need.title, need.abstract = title, abstract
    flow.NEED.move(need, "correct", by=by, key=key)
    need.full.text = text
    need.full.save()
    for aim in need.indicators.all():
        aim.delete()
    _write_aims(need, aims)
    return need


@action
def publish(need: Need, *, by: Person, key: str) -> Need:
    """The need is urgent, true and exact: look for an answer (核对并发布)."""
    rules.PUBLISH.require(by, need)
    need.published_by, need.published_on = by, clock.today()
    flow.NEED.move(need, "publish", by=by, key=key, tell=[need.collected_by])
    return need


@action
def send_back(need: Need, *, reason: str, by: Person, key: str) -> Need:
    """Return a need with what is missing (退回修改)."""
    rules.SEND_BACK.require(by, need)
    say = Text(f"需求已退回：{reason}", f"Need sent back: {reason}")
    flow.NEED.move(need, "send_back", by=by, key=key, tell=[need.collected_by], say=say, reason=reason)
    return need


@action
def withdraw(need: Need, *, by: Person, key: str) -> Need:
    """Take a need back before it was published (撤回)."""
    rules.WITHDRAW.require(by, need)
    flow.NEED.move(need, "withdraw", by=by, key=key)
    return need


@action
def close(need: Need, *, reason: str, by: Person, key: str) -> Need:
    """Nothing more is looked for (办结); what came of it stays."""
    rules.CLOSE.require(by, need)
    need.closed_on, need.closed_for = clock.today(), reason
    flow.NEED.move(need, "close", by=by, key=key, tell=[need.collected_by], reason=reason)
    return need


def _write_aims(need: Need, aims: Iterable[Aim]) -> None:
    for number, (name, current, target, measured_in) in enumerate(aims, start=1):
        NeedIndicator(need=need, number=number, name=name, current=current, target=target, measured_in=measured_in).save()


# ---- institutions and experts ----------------------------------------------------------------------------------------


@action
def board(*, unit: Unit, name: str, kind: str, agreement: str, joined_on: date, by: Person, key: str, region: str = "") -> Institution:
    """A university or institute comes on board by an agreement (机构进驻)."""
    rules.BOARD.require(by, unit)
    _not_in_future(joined_on, "joined_on")
    if Institution.objects.filter(name=name, left_on=None).exists():
        raise Refused(Text(f"“{name}”已进驻。", f"“{name}” is on board already."), field="name")
    institution = Institution(
        no=next_number("JG", joined_on.year), name=name, kind=kind, region=region, unit=unit, agreement=agreement,
        joined_on=joined_on, entered_by=by,
    )  # fmt: skip
    institution.save()
    record(by, "institution.board", subject=institution, key=key)
    return institution


@action
def unboard(institution: Institution, *, left_on: date, reason: str, by: Person, key: str) -> Institution:
    """An institution leaves (退出); it leaves the count from that day."""
    rules.UNBOARD.require(by, institution)
    _may_leave(institution.joined_on, institution.left_on, left_on)
    institution.left_on = left_on
    institution.save()
    record(by, "institution.unboard", subject=institution, key=key, reason=reason)
    return institution


@action
def enlist(
    *, unit: Unit, kind: str, direction: str, joined_on: date, by: Person, key: str, person: Person | None = None, name: str = "",
    institution: Institution | None = None, title: str = "", keywords: str = "", industry: str = "", capacity: int = 2,
    items: Iterable[tuple[str, str, str]] = (),
) -> Expert:  # fmt: skip
    """Enlist an expert (专家入库): a person of the city, or an outsider by name, who then stands under 外部单位."""
    rules.ENLIST.require(by, unit)
    _not_in_future(joined_on, "joined_on")
    who = person or _outsider(unit, name)
    if Expert.objects.filter(person=who).exists():
        raise Refused(Text(f"{who}已在专家库。", f"{who} is an expert already."), field="person")
    if kind == "professor" and institution is None:
        raise Refused(Text("专家教授要写明所在机构。", "Please name the expert's institution."), field="institution")
    expert = Expert(
        no=next_number("ZJ", joined_on.year), person=who, kind=kind, institution=institution, unit=unit, title=title,
        direction=direction, keywords=keywords, industry=industry, capacity=capacity, joined_on=joined_on, entered_by=by,
    )  # fmt: skip
    expert.save()
    for item_kind, item_title, item_text in items:
        ExpertItem(expert=expert, kind=item_kind, title=item_title, text=item_text).save()
    record(by, "expert.enlist", subject=expert, key=key, tell=[who])
    return expert


@action
def add_item(expert: Expert, *, kind: str, title: str, by: Person, key: str, text: str = "", year: int | None = None) -> Expert:
    """Add a paper, patent, result or skill to an expert (补充业绩)."""
    rules.ADD_ITEM.require(by, expert)
    if expert.items.filter(kind=kind, title=title).exists():
        raise Refused(Text("这一项已经有了。", "This item is there already."), field="title")
    ExpertItem(expert=expert, kind=kind, title=title, text=text, year=year).save()
    record(by, "expert.add_item", subject=expert, key=key)
    return expert


@action
def retire(expert: Expert, *, left_on: date, reason: str, by: Person, key: str) -> Expert:
    """An expert leaves the pool (退出); the count drops from that day."""
    rules.RETIRE.require(by, expert)
    _may_leave(expert.joined_on, expert.left_on, left_on)
    expert.left_on = left_on
    expert.save()
    record(by, "expert.retire", subject=expert, key=key, tell=[expert.person], reason=reason)
    return expert


def _outsider(unit: Unit, name: str) -> Person:
    if not name:
        raise Refused(Text("请选人员，或填外部专家的姓名。", "Choose a person, or give the outsider's name."), field="person")
    outside = Unit.objects.inside(unit).filter(kind="external").first()
    if outside is None:
        raise Refused(
            Text("还没有“外部单位”。", "There is no branch for outside units."),
            field="name",
            cure=Text("请先在单位树里建一个。", "Please make one in the unit tree first."),
        )
    person = Person(unit=outside, name=name)
    person.save()
    return person


# ---- offers ----------------------------------------------------------------------------------------------------------


@action
def draft_offer(
    *, unit: Unit, title: str, text: str, stage: str, way: str, by: Person, key: str, owner: Person | None = None,
    institution: Institution | None = None, keywords: str = "", industry: str = "",
) -> Offer:  # fmt: skip
    """Offer a research result (登记科研成果)."""
    rules.DRAFT.require(by, unit)
    offer = Offer(
        no=next_number("KY", clock.today().year), title=title, text=text, keywords=keywords, industry=industry, stage=stage,
        way=way, institution=institution, owner=owner or by, unit=unit, entered_by=by,
    )  # fmt: skip
    flow.OFFER.start(offer, by=by, key=key, name="draft", tell=holders_of(("matchmaker",), unit))
    return offer


@action
def publish_offer(offer: Offer, *, by: Person, key: str) -> Offer:
    """Publish a result on offer (发布成果)."""
    rules.PUBLISH_OFFER.require(by, offer)
    offer.published_by, offer.published_on = by, clock.today()
    flow.OFFER.move(offer, "publish", by=by, key=key, tell=[offer.owner])
    return offer


@action
def withdraw_offer(offer: Offer, *, reason: str, by: Person, key: str) -> Offer:
    """No longer on offer (撤下); it was published all the same."""
    rules.WITHDRAW_OFFER.require(by, offer)
    offer.withdrawn_on = clock.today()
    flow.OFFER.move(offer, "withdraw", by=by, key=key, tell=[offer.owner], reason=reason)
    return offer


# ---- what must be so -------------------------------------------------------------------------------------------------


def _not_in_future(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(Text("日期不能在今天之后。", "The day cannot lie in the future."), field=field)


def _may_leave(joined_on: date, already: date | None, left_on: date) -> None:
    if already is not None:
        raise Refused(Text("已经退出。", "Left already."))
    _not_in_future(left_on, "left_on")
    if left_on < joined_on:
        raise Refused(Text("退出日期早于进驻日期。", "Nobody leaves before joining."), field="left_on")
