"""The bank's desks: passbooks, transfers, policies, dues, the year's redemption."""

from __future__ import annotations

from typing import Any

from gongchuang.bank import actions, forms, rules, settlement, tables
from gongchuang.bank.models import Account, Due, Policy, Settlement, Transfer
from gongchuang.bank.policy import warnings
from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.quantity import fen_text
from gongchuang.kernel.text import Text

ORG = frozenset({"org", "fed"})


def _warned(policy: Policy, _person: Any) -> str:
    """What the approver should know first: cliffs and rates other than the 2018 guidance."""
    said = [Text(found.zh, found.en) for found in warnings(policy.terms())]
    begins = Text(f"自 {policy.from_on} 起生效。", f"In force from {policy.from_on}.")
    return " ".join(str(text) for text in [begins, *said])


def _paying(due: Due, _person: Any) -> str:
    return str(Text(f"发放 {fen_text(due.amount_fen or 0)} 元：{due.working}", f"Pays {fen_text(due.amount_fen or 0)} yuan: {due.working}"))


def _redeeming(row: Settlement, _person: Any) -> str:
    return str(
        Text(
            f"{row.persons} 人共 {row.points} 分出账，应付 {fen_text(row.amount_fen)} 元。",
            f"{row.points} points of {row.persons} workers leave; {fen_text(row.amount_fen)} yuan are to be paid.",
        )
    )


ACCOUNTS = Desk(
    key="accounts",
    label=Text("创新银行", "Innovation bank"),
    one=Text("账户", "Account"),
    model=Account,
    table=tables.ACCOUNTS,
    see=rules.SEE_ACCOUNT,
    filters=("kind",),
    spaces=frozenset({"me", "org"}),
    empty=Text("还没有账户。成果认证后，积分存到这里。", "No account yet. Points come in once a result is certified."),
    acts=[
        Act("redeem", Text("兑换", "Redeem"), actions.redeem, rules.REDEEM, forms.RedeemForm, tone="primary",
            done=Text("已申请兑换，审批后发放。", "Asked for; it is paid after approval.")),
        Act("fill", Text("拨入奖励资金", "Put money in"), actions.fill_fund, rules.FILL, forms.FillForm, creates=True),
        Act("expire", Text("办理到期积分", "Post expired points"), actions.expire, rules.EXPIRE, forms.ExpireForm, creates=True),
    ],
)  # fmt: skip
TRANSFERS = Desk(
    key="transfers",
    label=Text("总账", "Ledger"),
    one=Text("转账", "Transfer"),
    model=Transfer,
    table=tables.TRANSFERS,
    see=rules.SEE_TRANSFER,
    filters=("what", "currency"),
    search=("about", "about_ref", "key"),
    spaces=frozenset({"org"}),
    empty=Text("还没有账目。", "No entries yet."),
)
POLICIES = Desk(
    key="policies",
    label=Text("激励规则", "Policies"),
    one=Text("规则", "Policy"),
    model=Policy,
    table=tables.POLICIES,
    see=rules.SEE_POLICY,
    filters=("state", "plan"),
    search=("no", "name", "document_no"),
    spaces=frozenset({"org", "fed"}),
    empty=Text("还没有激励规则。先写一版，由另一人审批。", "No policy yet. Write one; another person approves it."),
    acts=[
        Act("propose", Text("新写一版", "New version"), actions.propose_policy, rules.PROPOSE_POLICY, forms.PolicyForm,
            creates=True, tone="primary", done=Text("已提交，等另一人审批。", "Handed in; another person approves it.")),
        Act("approve", Text("审批生效", "Put in force"), actions.approve_policy, rules.APPROVE_POLICY, tone="primary",
            effect=_warned, from_states=frozenset({"proposed"})),
        Act("drop", Text("作废", "Drop"), actions.drop_policy, rules.DROP_POLICY, ReasonForm, tone="danger",
            from_states=frozenset({"proposed"})),
    ],
)  # fmt: skip
DUES = Desk(
    key="dues",
    label=Text("奖励", "Rewards"),
    one=Text("应付奖励", "Due"),
    model=Due,
    table=tables.DUES,
    facts=tables.DUE_FACTS,
    see=rules.SEE_DUE,
    filters=("state", "kind"),
    search=("no", "about", "about_ref"),
    spaces=frozenset({"me", "org", "fed"}),
    empty=Text("还没有应付的奖励。", "Nothing is owed yet."),
    acts=[
        Act("award", Text("登记奖金", "Owe a prize"), actions.award, rules.OWE, forms.AwardForm, creates=True),
        Act("approve", Text("审批", "Approve"), actions.approve_due, rules.APPROVE_DUE, tone="primary", effect=_paying,
            from_states=frozenset({"due"})),
        Act("pay", Text("发放", "Pay"), actions.pay_due, rules.PAY_DUE, forms.VoucherForm, tone="primary", effect=_paying,
            from_states=frozenset({"approved"})),
        Act("cancel", Text("取消", "Cancel"), actions.cancel_due, rules.CANCEL_DUE, ReasonForm, tone="danger",
            from_states=frozenset({"expected", "due", "approved"})),
        Act("recover", Text("已追回", "Recovered"), actions.recover_due, rules.RECOVER_DUE, forms.VoucherForm,
            from_states=frozenset({"to_recover"})),
    ],
)  # fmt: skip
SETTLEMENTS = Desk(
    key="settlements",
    label=Text("年终兑现", "Year's redemption"),
    one=Text("兑现单", "Redemption"),
    model=Settlement,
    table=tables.SETTLEMENTS,
    facts=tables.SETTLEMENT_FACTS,
    see=rules.SEE_SETTLEMENT,
    spaces=frozenset({"org"}),
    empty=Text("还没有兑现单。年底先试算，再审批、发放。", "No redemption yet. Preview one at the end of the year."),
    acts=[
        Act("settle", Text("试算", "Preview"), settlement.settle, rules.SETTLE, forms.SettleForm, creates=True, tone="primary"),
        Act("approve", Text("审批", "Approve"), settlement.approve_settlement, rules.APPROVE_SETTLEMENT, tone="primary",
            effect=_redeeming, from_states=frozenset({"preview"})),
        Act("pay", Text("发放", "Pay"), settlement.pay_settlement, rules.PAY_SETTLEMENT, forms.VoucherForm, tone="primary",
            effect=_redeeming, from_states=frozenset({"approved"})),
        Act("drop", Text("撤销", "Withdraw"), settlement.drop_settlement, rules.DROP_SETTLEMENT, ReasonForm,
            tone="danger", from_states=frozenset({"preview"})),
    ],
)  # fmt: skip
