"""The lives of a selection (评选流程): recommended, made public, named, paid; no naming while an objection is open."""

from __future__ import annotations

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Text

ROUND = Flow(
    "round",
    initial="open",
    states={
        "open": Text("推荐中", "Recommending"),
        "public": Text("公示中", "Public notice"),
        "named": Text("已命名", "Named"),
        "settled": Text("奖金已发", "Prizes paid"),
        "cancelled": Text("已取消", "Cancelled"),
    },
    moves={
        "publish": ({"open"}, "public"),
        "name": ({"public"}, "named"),
        "settle": ({"named"}, "settled"),
        "cancel": ({"open", "public"}, "cancelled"),
    },
    waits={
        "open": Wait("publish", role="city", over="unit"),
        "public": Wait("name", role="city", over="unit", working_days=15, then="city"),
        "named": Wait("pay", role="city", over="unit", working_days=20, then="city"),
    },
)

NOMINATION = Flow(
    "nomination",
    initial="recommended",
    states={
        "recommended": Text("已推荐", "Recommended"),
        "withdrawn": Text("已撤回", "Withdrawn"),
        "passed_over": Text("未入选", "Not selected"),
        "listed": Text("拟命名", "To be named"),
        "removed": Text("异议成立", "Removed after objection"),
        "named": Text("已命名", "Named"),
        "revoked": Text("已撤销", "Revoked"),
    },
    moves={
        "withdraw": ({"recommended"}, "withdrawn"),
        "list": ({"recommended"}, "listed"),
        "pass_over": ({"recommended", "listed"}, "passed_over"),
        "remove": ({"listed"}, "removed"),
        "name": ({"listed"}, "named"),
        "revoke": ({"named"}, "revoked"),
    },
)

OBJECTION = Flow(
    "objection",
    initial="lodged",
    states={
        "lodged": Text("待核查", "Lodged"),
        "upheld": Text("异议成立", "Upheld"),
        "dismissed": Text("异议不成立", "Dismissed"),
    },
    moves={"uphold": ({"lodged"}, "upheld"), "dismiss": ({"lodged"}, "dismissed")},
    waits={"lodged": Wait("decide", role="city", over="nomination__round__unit", working_days=10, then="city")},
)
