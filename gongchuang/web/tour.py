"""跟着一条建议走 5 分钟: the demo's walk from a phone to the public figure, one person after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest

from gongchuang.kernel.text import Text

SESSION = "tour"


@dataclass(frozen=True)
class Step:
    """One station: who does it, where it happens, and what to do there."""

    account: str
    label: Text
    address: str
    says: Text


STEPS: Final = (
    Step(
        "worker", Text("张伟明 提建议", "Zhang Weiming proposes"), "/proposals/new/",
        Text("写下问题和办法，按“提交”。", "Write down the problem and the idea, then submit."),
    ),
    Step(
        "leader", Text("李国栋 回复", "Li Guodong answers"), "/team/inbox/",
        Text("采纳这条建议，再确认开始实施和完成。", "Adopt the proposal, then confirm that it is under way and done."),
    ),
    Step(
        "officer", Text("王秀兰 登记成果", "Wang Xiulan makes it a result"), "/org/proposals/?state=implemented",
        Text("打开这条建议，登记为成果，填好效益单再报认证。", "Open the proposal, make it a result, fill in the benefit sheet and claim it."),
    ),
    Step(
        "finance", Text("陈静 认证 60 万元", "Chen Jing certifies CNY 600,000"), "/org/certify/",
        Text("核对效益单，按“认证通过”。", "Check the benefit sheet and certify it."),
    ),
    Step(
        "worker", Text("张伟明 看积分", "Zhang Weiming sees the points"), "/me/bank/",
        Text("存折里多了一笔，点开看怎么来的。", "There is a new entry in the passbook: open it to see where it comes from."),
    ),
    Step(
        "city", Text("林涛 看全市数字", "Lin Tao sees the city's figure"), "/figures/results.benefit/",
        Text("全市效益加上了这 60 万元，报告里的句子也变了。", "The city's benefit is up by the 600,000, and so is the report's sentence."),
    ),
)  # fmt: skip


def standing(request: HttpRequest) -> dict[str, Any] | None:
    """The progress card, while somebody is on the tour."""
    session = getattr(request, "session", None)
    at = session.get(SESSION) if session is not None and request.COOKIES.get("tour") else None
    if not isinstance(at, int) or not 0 <= at < len(STEPS):
        return None
    steps = [
        {"label": step.label, "standing": "done" if place < at else "now" if place == at else "ahead"} for place, step in enumerate(STEPS)
    ]
    is_last = at == len(STEPS) - 1
    following = STEPS[at + 1] if not is_last else None
    go = Text(f"下一步：以 {following.label.zh.split()[0]} 进入", f"Next: {following.label.en}") if following else None
    return {"steps": steps, "at": at + 1, "says": STEPS[at].says, "go": go}
