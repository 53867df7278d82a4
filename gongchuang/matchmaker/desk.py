"""The matchmaker's desks: what comes in, what is brought together, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import actions, forms, intake, rules, tables
from gongchuang.matchmaker.models import Contract, Expert, Institution, Match, MatchBenefit, Need, Offer, Visit
from gongchuang.people.models import Person


def _states(*states: str) -> frozenset[str]:
    return frozenset(states)


def _of_need(need: Need, person: Person | None) -> Iterable[tuple[Text, Any]]:
    if need.visit is not None and rules.SEE_VISIT.allows(person, need.visit):
        yield Text("走访", "Visit"), need.visit
    yield Text("对接", "Match"), rules.SEE_MATCH.among(person, Match.objects.filter(need=need)).order_by("-pk")[:20]


def _of_match(match: Match, person: Person | None) -> Iterable[tuple[Text, Any]]:
    if rules.SEE_NEED.allows(person, match.need):
        yield Text("需求", "Need"), match.need
    candidate = match.candidate
    sees = {Offer: rules.SEE_OFFER, Expert: rules.SEE_EXPERT}.get(type(candidate))
    if sees is None or sees.allows(person, candidate):
        yield Text("候选", "Candidate"), candidate
    contract = Contract.objects.filter(match=match).first()
    if contract is not None and rules.SEE_CONTRACT.allows(person, contract):
        yield Text("合同", "Contract"), contract


def _of_contract(contract: Contract, person: Person | None) -> Iterable[tuple[Text, Any]]:
    yield Text("对接", "Match"), contract.match
    yield Text("效益", "Benefit"), rules.SEE_BENEFIT.among(person, MatchBenefit.objects.filter(contract=contract)).order_by("year")


OUT = _states("published", "in_touch")
NEEDS = Desk(
    key="needs",
    label=Text("企业需求", "Needs"),
    one=Text("需求", "Need"),
    model=Need,
    table=tables.NEEDS,
    facts=tables.NEED_FACTS,
    see=rules.SEE_NEED,
    filters=("state", "kind", "tier"),
    related=_of_need,
    spaces=frozenset({"org", "fed", "public"}),
    empty=Text("还没有需求。走访时记下企业自己解决不了的难题。", "No needs yet. Note on a visit what an enterprise cannot solve alone."),
    acts=[
        Act("new", Text("采集需求", "Collect a need"), intake.collect, rules.COLLECT, forms.CollectForm, creates=True, tone="primary"),
        Act("publish", Text("核对发布", "Check and publish"), intake.publish, rules.PUBLISH, tone="primary", from_states=_states("collected")),
        Act("send_back", Text("退回修改", "Send back"), intake.send_back, rules.SEND_BACK, ReasonForm,
            from_states=_states("collected")),
        Act("correct", Text("更正", "Correct"), intake.correct, rules.CORRECT, forms.CorrectForm, tone="primary",
            from_states=_states("sent_back")),
        Act("put_forward", Text("推荐候选", "Recommend"), actions.put_forward, rules.PUT_FORWARD, forms.CandidateForm, from_states=OUT,
            done=Text("已推荐给企业。", "Put to the enterprise.")),
        Act("volunteer", Text("我来对接", "I take it on"), actions.volunteer, rules.VOLUNTEER, forms.NoteForm, tone="primary",
            from_states=OUT, done=Text("已告诉企业和技术红娘。", "The enterprise and the matchmaker are told.")),
        Act("withdraw", Text("撤回", "Withdraw"), intake.withdraw, rules.WITHDRAW, from_states=_states("collected", "sent_back")),
        Act("close", Text("办结", "Close"), intake.close, rules.CLOSE, ReasonForm, from_states=OUT),
    ],
)  # fmt: skip
VISITS = Desk(
    key="visits",
    label=Text("走访", "Visits"),
    one=Text("走访", "Visit"),
    model=Visit,
    table=tables.VISITS,
    facts=[tables.Column("note", Text("了解到的情况", "What was seen"))],
    see=rules.SEE_VISIT,
    filters=(),
    spaces=frozenset({"org", "fed"}),
    acts=[Act("new", Text("登记走访", "Log a visit"), intake.visit, rules.VISIT, forms.VisitForm, creates=True, tone="primary")],
)
INSTITUTIONS = Desk(
    key="institutions",
    label=Text("进驻机构", "Institutions"),
    one=Text("机构", "Institution"),
    model=Institution,
    table=tables.INSTITUTIONS,
    facts=tables.INSTITUTION_FACTS,
    see=rules.SEE_INSTITUTION,
    filters=("kind",),
    spaces=frozenset({"fed", "public"}),
    acts=[
        Act("new", Text("机构进驻", "Take on board"), intake.board, rules.BOARD, forms.BoardForm, creates=True, tone="primary"),
        Act("unboard", Text("机构退出", "Leaves"), intake.unboard, rules.UNBOARD, forms.LeaveForm, tone="danger"),
    ],
)
EXPERTS = Desk(
    key="experts",
    label=Text("专家库", "Experts"),
    one=Text("专家", "Expert"),
    model=Expert,
    table=tables.EXPERTS,
    facts=tables.EXPERT_FACTS,
    see=rules.SEE_EXPERT,
    filters=("kind",),
    spaces=frozenset({"fed"}),
    acts=[
        Act("new", Text("专家入库", "Enlist an expert"), intake.enlist, rules.ENLIST, forms.EnlistForm, creates=True, tone="primary"),
        Act("add_item", Text("补充业绩", "Add an item"), intake.add_item, rules.ADD_ITEM, forms.ItemForm),
        Act("retire", Text("退出", "Leave the pool"), intake.retire, rules.RETIRE, forms.LeaveForm, tone="danger"),
    ],
)
OFFERS = Desk(
    key="offers",
    label=Text("科研成果", "Results on offer"),
    one=Text("科研成果", "Result on offer"),
    model=Offer,
    table=tables.OFFERS,
    facts=tables.OFFER_FACTS,
    see=rules.SEE_OFFER,
    filters=("state", "stage", "way"),
    spaces=frozenset({"me", "fed", "public"}),
    acts=[
        Act("new", Text("登记成果", "Offer a result"), intake.draft_offer, rules.DRAFT, forms.OfferForm, creates=True, tone="primary"),
        Act("publish", Text("核对发布", "Check and publish"), intake.publish_offer, rules.PUBLISH_OFFER, tone="primary",
            from_states=_states("drafted")),
        Act("withdraw", Text("撤下", "Withdraw"), intake.withdraw_offer, rules.WITHDRAW_OFFER, ReasonForm,
            from_states=_states("drafted", "published")),
    ],
)  # fmt: skip
MATCHES = Desk(
    key="matches",
    label=Text("对接", "Matches"),
    one=Text("对接", "Match"),
    model=Match,
    table=tables.MATCHES,
    facts=tables.MATCH_FACTS,
    see=rules.SEE_MATCH,
    related=_of_match,
    spaces=frozenset({"me", "org", "fed"}),
    acts=[
        Act("want", Text("有意对接", "We are interested"), actions.want, rules.WANT, tone="primary", from_states=_states("recommended"),
            done=Text("已转告对方。", "The other side is asked.")),
        Act("welcome", Text("欢迎对接", "Welcome"), actions.welcome, rules.WELCOME, tone="primary", from_states=_states("volunteered"),
            done=Text("双方都已同意，联系方式已打开。", "Both agreed; contacts are open.")),
        Act("accept", Text("同意对接", "Agree"), actions.accept, rules.ACCEPT, tone="primary", from_states=_states("wanted"),
            done=Text("双方都已同意，联系方式已打开。", "Both agreed; contacts are open.")),
        Act("meet", Text("记面谈", "They met"), actions.meet, rules.MEET, forms.MeetForm, tone="primary", from_states=_states("agreed")),
        Act("sign", Text("记签约", "They signed"), actions.sign, rules.SIGN, forms.SignForm, tone="primary", from_states=_states("met")),
        Act("decline", Text("未成", "Nothing came of it"), actions.decline, rules.DECLINE, forms.DeclineForm,
            from_states=_states("recommended", "volunteered", "wanted", "agreed", "met")),
    ],
)  # fmt: skip
CONTRACTS = Desk(
    key="contracts",
    label=Text("技术合同", "Contracts"),
    one=Text("技术合同", "Contract"),
    model=Contract,
    table=tables.CONTRACTS,
    facts=tables.CONTRACT_FACTS,
    see=rules.SEE_CONTRACT,
    filters=("kind",),
    related=_of_contract,
    spaces=frozenset({"org", "fed"}),
    acts=[Act("claim", Text("申报效益", "Claim a benefit"), actions.claim, rules.CLAIM, forms.ClaimForm, tone="primary")],
)
BENEFITS = Desk(
    key="match-benefits",
    label=Text("对接效益", "Benefit of matches"),
    one=Text("对接效益", "Benefit"),
    model=MatchBenefit,
    table=tables.BENEFITS,
    facts=tables.BENEFIT_FACTS,
    see=rules.SEE_BENEFIT,
    spaces=frozenset({"org", "fed"}),
    acts=[
        Act("confirm", Text("认证通过", "Confirm"), actions.confirm, rules.CONFIRM, tone="primary", from_states=_states("claimed")),
        Act("send_back", Text("退回修改", "Send back"), actions.send_back_benefit, rules.SEND_BACK_BENEFIT, ReasonForm,
            from_states=_states("claimed")),
        Act("claim_again", Text("更正申报", "Claim again"), actions.claim_again, rules.CLAIM_AGAIN, forms.ClaimAgainForm, tone="primary",
            from_states=_states("sent_back")),
    ],
)  # fmt: skip
