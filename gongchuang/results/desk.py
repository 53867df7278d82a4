"""The desks of results: what was achieved, what it brought, where it spread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.bank.models import Due
from gongchuang.bank.rules import SEE_DUE
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.text import Text
from gongchuang.proposals.rules import SEE as SEE_PROPOSAL
from gongchuang.results import actions, certification, forms, rewards, rules, tables
from gongchuang.results.models import Benefit, Result, Spread

Links = Iterable[tuple[Text, Any]]


def related_to_result(result: Result, person: Any) -> Links:
    """Proposal, origin, spreads and rewards, each only if this person may see it; the page itself lists the benefits."""
    if result.proposal_id and SEE_PROPOSAL.allows(person, result.proposal):
        yield Text("建议", "Proposal"), result.proposal
    if result.derived_from_id and rules.SEE.allows(person, result.derived_from):
        yield Text("由此成果而来", "Derived from"), result.derived_from
    yield Text("推广", "Spread"), rules.SEE_SPREAD.among(person, Spread.objects.filter(result=result)).select_related("result", "to_unit")
    yield Text("奖励", "Reward"), SEE_DUE.among(person, Due.objects.filter(about_desk="results", about_ref=result.no))[:20]


def related_to_benefit(benefit: Benefit, person: Any) -> Links:
    if rules.SEE.allows(person, benefit.result):
        yield Text("成果", "Result"), benefit.result
    yield Text("奖励", "Reward"), SEE_DUE.among(person, Due.objects.filter(source=rewards.source_of(benefit)))[:20]


def _certifying(benefit: Benefit, _person: Any) -> str:
    return str(rewards.effect(benefit).text)


RESULTS = Desk(
    key="results",
    label=Text("成果", "Results"),
    one=Text("成果", "Result"),
    model=Result,
    table=tables.RESULTS,
    facts=tables.RESULT_FACTS,
    see=rules.SEE,
    filters=("state", "kind"),
    search=("no", "title"),
    related=related_to_result,
    spaces=frozenset({"me", "team", "org", "fed"}),
    empty=Text("还没有成果。建议实施后可以转为成果。", "No results yet. An implemented proposal can become one."),
    acts=[
        Act("new", Text("登记成果", "Enter a result"), actions.register, rules.REGISTER, forms.RegisterForm, creates=True),
        Act("make", Text("由建议转为成果", "Make from a proposal"), actions.make_from_proposal, rules.MAKE, forms.MakeForm,
            creates=True, tone="primary", done=Text("已成成果。接着申报效益。", "It is a result. Now claim its benefit.")),
        Act("recognise", Text("认定", "Recognise"), actions.recognise, rules.RECOGNISE, tone="primary",
            from_states=frozenset({"registered"})),
        Act("send_back", Text("退回", "Send back"), actions.send_back, rules.SEND_BACK, ReasonForm,
            from_states=frozenset({"registered"})),
        Act("resubmit", Text("修改后重报", "Hand in again"), actions.resubmit, rules.RESUBMIT, forms.ResubmitForm, tone="primary",
            from_states=frozenset({"sent_back"})),
        Act("claim", Text("申报效益", "Claim a benefit"), certification.claim, rules.CLAIM, forms.ClaimForm, tone="primary",
            from_states=frozenset({"registered", "recognised"})),
        Act("patent", Text("登记专利", "Add its patent"), actions.add_patent, rules.PATENT, forms.PatentForm,
            from_states=frozenset({"registered", "recognised"})),
        Act("grant_patent", Text("专利授权", "Patent granted"), actions.grant_patent, rules.CONFIRM_PATENT, forms.GrantForm,
            from_states=frozenset({"recognised"})),
        Act("spread", Text("推广", "Spread"), actions.spread, rules.OFFER, forms.SpreadForm,
            from_states=frozenset({"recognised"}), done=Text("已推荐给对方班组。", "Offered to that team.")),
        Act("note", Text("备注", "Remark"), actions.note, rules.SEE, forms.NoteForm),
        Act("revoke", Text("撤销认定", "Revoke"), actions.revoke, rules.REVOKE, ReasonForm, tone="danger",
            from_states=frozenset({"registered", "sent_back", "recognised"})),
    ],
)  # fmt: skip
BENEFITS = Desk(
    key="benefits",
    label=Text("成果认证", "Certification"),
    one=Text("效益单", "Benefit sheet"),
    model=Benefit,
    table=tables.BENEFITS,
    facts=tables.BENEFIT_FACTS,
    see=rules.SEE_BENEFIT,
    filters=("state", "year"),
    search=("no", "result__no", "result__title"),
    related=related_to_benefit,
    spaces=frozenset({"me", "team", "org", "fed"}),
    empty=Text("没有要认证的效益。", "Nothing to certify."),
    acts=[
        Act("check", Text("审核通过", "Check"), certification.check, rules.CHECK, tone="primary",
            from_states=frozenset({"claimed"})),
        Act("certify", Text("认证通过", "Certify"), certification.certify, rules.CERTIFY, tone="primary", effect=_certifying,
            from_states=frozenset({"checked"}), done=Text("已认证，积分已入账。", "Certified; the points are in.")),
        Act("return", Text("退回修改", "Return"), certification.send_back, rules.RETURN, ReasonForm,
            from_states=frozenset({"claimed", "checked"})),
        Act("reclaim", Text("修改后重报", "Correct"), certification.reclaim, rules.RECLAIM, forms.ReclaimForm, tone="primary",
            from_states=frozenset({"returned"})),
        Act("withdraw", Text("撤回", "Withdraw"), certification.withdraw, rules.WITHDRAW,
            from_states=frozenset({"claimed", "returned"})),
        Act("group", Text("归入重复效益组", "Overlap group"), certification.group, rules.GROUP, forms.GroupForm,
            from_states=frozenset({"claimed", "checked", "returned"})),
        Act("audit", Text("抽查确认", "Audit"), certification.audit, rules.AUDIT, forms.FindingForm,
            from_states=frozenset({"certified"})),
        Act("overturn", Text("撤销认证", "Overturn"), certification.overturn, rules.OVERTURN, ReasonForm, tone="danger",
            from_states=frozenset({"certified", "audited"})),
    ],
)  # fmt: skip
SPREADS = Desk(
    key="spreads",
    label=Text("推广", "Spreading"),
    one=Text("推广", "Spread"),
    model=Spread,
    table=tables.SPREADS,
    see=rules.SEE_SPREAD,
    search=("no", "result__title"),
    spaces=frozenset({"team", "org"}),
    empty=Text("还没有推广。好做法可以推荐给别的班组。", "Nothing spread yet. A good way can be offered to other teams."),
    acts=[
        Act("take_up", Text("接收", "Take up"), actions.take_up, rules.TAKE_UP, forms.WordForm, tone="primary",
            from_states=frozenset({"offered"})),
        Act("turn_down", Text("不接收", "Turn down"), actions.turn_down, rules.TURN_DOWN, forms.TurnDownForm,
            from_states=frozenset({"offered"})),
    ],
)  # fmt: skip
