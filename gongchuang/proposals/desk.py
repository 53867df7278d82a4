"""The proposals' desk (建议)."""

from gongchuang.kernel.desk import Act, Desk
from gongchuang.kernel.text import Text
from gongchuang.proposals import actions, forms, rules, tables
from gongchuang.proposals.models import Proposal

OPEN = frozenset({"submitted", "passed_on"})

PROPOSALS = Desk(
    key="proposals",
    label=Text("建议", "Proposals"),
    one=Text("建议", "Proposal"),
    model=Proposal,
    table=tables.PROPOSALS,
    facts=tables.FACTS,
    see=rules.SEE,
    filters=("state", "category"),
    spaces=frozenset({"me", "team", "org", "fed"}),
    empty=Text("还没有建议。看到不顺手的地方，拍张照就行。", "No proposals yet. See something awkward? A photo is enough."),
    acts=[
        Act("new", Text("提建议", "Propose"), actions.submit, rules.SUBMIT, forms.SubmitForm, creates=True, tone="primary"),
        Act("adopt", Text("采纳", "Adopt"), actions.adopt, rules.ADOPT, forms.WordForm, tone="primary", from_states=OPEN,
            done=Text("已采纳，作者会收到消息。", "Adopted. The author is told.")),
        Act("take_back", Text("撤销采纳", "Undo adopting"), actions.take_back, rules.TAKE_BACK, from_states=frozenset({"adopted"}),
            is_undo=True, done=Text("已撤销，建议回到待回复。", "Undone. The proposal awaits its reply again.")),
        Act("pass_on", Text("转交", "Pass on"), actions.pass_on, rules.PASS_ON, forms.WordForm, from_states=OPEN),
        Act("decline", Text("不采纳", "Decline"), actions.decline, rules.DECLINE, forms.DeclineForm, from_states=OPEN),
        Act("ask", Text("补充信息", "Ask for more"), actions.ask, rules.ASK, forms.AskForm, from_states=OPEN),
        Act("answer", Text("补充说明", "Answer"), actions.answer, rules.ANSWER, forms.AnswerForm, tone="primary",
            from_states=frozenset({"asked"})),
        Act("supplement", Text("补充", "Add a word"), actions.supplement, rules.SUPPLEMENT, forms.AnswerForm,
            from_states=frozenset({"submitted", "passed_on", "adopted", "under_way", "implemented"})),
        Act("withdraw", Text("撤回", "Withdraw"), actions.withdraw, rules.WITHDRAW, from_states=OPEN),
        Act("begin", Text("开始实施", "Start"), actions.begin, rules.BEGIN, from_states=frozenset({"adopted"})),
        Act("implement", Text("确认实施", "Confirm done"), actions.implement, rules.IMPLEMENT, forms.ImplementForm,
            tone="primary", from_states=frozenset({"adopted", "under_way"})),
        Act("close", Text("归档", "Close"), actions.close, rules.CLOSE, forms.WordForm,
            from_states=frozenset({"implemented"})),
    ],
)  # fmt: skip
