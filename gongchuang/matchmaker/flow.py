"""The lives of needs, offers, matches and benefits (流程): 采集 → 匹配 → 推荐 → 面谈 → 签约 → 见效."""

from __future__ import annotations

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

NEED = Flow(
    "need",
    initial="collected",
    states={
        "collected": Text("待核对", "To be checked"),
        "sent_back": Text("已退回", "Sent back"),
        "withdrawn": Text("已撤回", "Withdrawn"),
        "published": Text("匹配中", "Being matched"),
        "in_touch": Text("对接中", "In touch"),
        "closed": Text("已办结", "Closed"),
    },
    moves={
        "publish": ({"collected"}, "published"),
        "send_back": ({"collected"}, "sent_back"),
        "correct": ({"sent_back"}, "collected"),
        "withdraw": ({"collected", "sent_back"}, "withdrawn"),
        "put_forward": ({"published"}, "in_touch"),
        "search_on": ({"in_touch"}, "published"),
        "close": ({"published", "in_touch"}, "closed"),
    },
    waits={
        "collected": Wait("publish", role="matchmaker", over="unit", working_days=5, then="city"),
        "sent_back": Wait("correct", person="collected_by"),
        "published": Wait("put_forward", role="matchmaker", over="unit", working_days=10, then="city"),
    },
)

OFFER = Flow(
    "offer",
    initial="drafted",
    states={
        "drafted": Text("待核对", "To be checked"),
        "published": Text("已发布", "Published"),
        "withdrawn": Text("已撤下", "Withdrawn"),
    },
    moves={"publish": ({"drafted"}, "published"), "withdraw": ({"drafted", "published"}, "withdrawn")},
    waits={"drafted": Wait("publish", role="matchmaker", over="unit", working_days=5, then="city")},
)

MATCH = Flow(
    "match",
    initial="suggested",
    states={
        "suggested": Text("匹配", "Matched"),
        "recommended": Text("推荐给企业", "Put to the enterprise"),
        "volunteered": Text("主动对接", "Volunteered"),
        "wanted": Text("企业有意", "Wanted by the enterprise"),
        "agreed": Text("双方同意", "Agreed by both"),
        "met": Text("已面谈", "Met"),
        "signed": Text("已签约", "Signed"),
        "effective": Text("已见效", "Effective"),
        "declined": Text("未成", "Declined"),
    },
    moves={
        "recommend": ({"suggested"}, "recommended"),
        "want": ({"recommended"}, "wanted"),
        "accept": ({"wanted"}, "agreed"),
        "welcome": ({"volunteered"}, "agreed"),
        "meet": ({"agreed"}, "met"),
        "sign": ({"met"}, "signed"),
        "take_effect": ({"signed"}, "effective"),
        "decline": ({"suggested", "recommended", "volunteered", "wanted", "agreed", "met"}, "declined"),
        "volunteer": ({"suggested"}, "volunteered"),
    },
    waits={
        "suggested": Wait("recommend", role="matchmaker", over="unit", working_days=5, then="city"),
        "recommended": Wait("want", role="officer", over="unit", working_days=10, then="matchmaker"),
        "volunteered": Wait("welcome", role="officer", over="unit", working_days=10, then="matchmaker"),
        "wanted": Wait("accept", person="solver", working_days=10),
        "agreed": Wait("meet", role="matchmaker", over="unit", working_days=20, then="city"),
        "met": Wait("sign", role="matchmaker", over="unit", working_days=60, then="city"),
    },
)

BENEFIT = Flow(
    "match_benefit",
    initial="claimed",
    states={
        "claimed": Text("待认证", "To be confirmed"),
        "sent_back": Text("已退回", "Sent back"),
        "confirmed": Text("已认证", "Confirmed"),
    },
    moves={
        "confirm": ({"claimed"}, "confirmed"),
        "send_back": ({"claimed"}, "sent_back"),
        "claim_again": ({"sent_back"}, "claimed"),
    },
    waits={
        "claimed": Wait("confirm", role="certifier", over="unit", working_days=10, then="officer"),
        "sent_back": Wait("claim_again", person="claimed_by"),
    },
)

# The six steps people speak of (六步), and the state of a match in which each is done.
STEPS: list[tuple[Text, frozenset[str]]] = [
    (Text("采集", "Found"), frozenset()),
    (Text("匹配", "Fit"), frozenset(MATCH.states)),
    (Text("推荐", "Shown"), frozenset(MATCH.states) - {"suggested", "declined"}),
    (Text("面谈", "Met"), frozenset({"met", "signed", "effective"})),
    (Text("签约", "Signed"), frozenset({"signed", "effective"})),
    (Text("见效", "Effect"), frozenset({"effective"})),
]
