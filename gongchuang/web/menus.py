"""Which menus a person sees (菜单): by the roles they hold, at most ten entries, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.urls import Resolver404, resolve

from gongchuang.kernel.text import Text

FEDERATION: Final = frozenset({"district", "city", "auditor", "admin", "academy", "matchmaker"})
ENTERPRISE: Final = frozenset({"officer", "certifier"})

# The role a person is introduced by: the widest they hold.
RANK: Final = (
    "city", "district", "admin", "auditor", "officer", "certifier", "matchmaker", "academy",
    "chief_judge", "judge", "expert", "studio_lead", "lecturer", "leader", "member",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    address: str
    label: Text
    icon: str = "file"
    roles: frozenset[str] = frozenset()
    count: int = 0
    is_here: bool = False


def _entry(address: str, zh: str, en: str, icon: str, *roles: str) -> Entry:
    return Entry(address, Text(zh, en), icon, frozenset(roles))


PUBLIC: Final = (
    _entry("/", "首页", "Home", "home"),
    _entry("/figures/", "数字", "Figures", "board"),
    _entry("/report/", "报告", "Report", "file"),
    _entry("/results/", "成果", "Results", "stamp"),
    _entry("/studios/", "工作室", "Studios", "tree"),
    _entry("/academies/", "工匠学院", "Academies", "book"),
    _entry("/contests/", "竞赛", "Contests", "cup"),
    _entry("/honours/", "荣誉", "Honours", "star"),
    _entry("/match/", "技术红娘", "Matchmaker", "link"),
)
WORKER: Final = (
    _entry("/me/", "首页", "Home", "home"),
    _entry("/me/todo/", "待办", "To do", "todo"),
    _entry("/team/inbox/", "班组收件箱", "Team inbox", "people", "leader"),
    _entry("/judge/", "评分", "Judging", "cup", "judge", "chief_judge"),
    _entry("/me/proposals/", "我的建议", "My proposals", "idea"),
    _entry("/me/bank/", "创新存折", "Passbook", "bank"),
    _entry("/me/learning/", "学习竞赛", "Learning", "book"),
    _entry("/studios/", "工作室", "Studios", "tree", "studio_lead"),
    _entry("/match/", "技术红娘", "Matchmaker", "link", "expert"),
    _entry("/me/honours/", "我的荣誉", "My honours", "star"),
    _entry("/me/profile/", "我的资料", "My details", "person"),
)
ORG: Final = (
    _entry("/org/", "看板", "Board", "board"),
    _entry("/org/people/", "人员", "People", "people", "officer"),
    _entry("/org/proposals/", "建议", "Proposals", "idea"),
    _entry("/org/certify/", "成果认证", "Certify", "stamp"),
    _entry("/org/bank/", "创新银行", "Bank", "bank"),
    _entry("/org/training/", "学习", "Training", "book", "officer"),
    _entry("/org/contests/", "竞赛", "Contests", "cup", "officer"),
    _entry("/org/studios/", "工作室", "Studios", "tree", "officer"),
    _entry("/org/needs/", "技术红娘", "Matchmaker", "link", "officer"),
)
FED: Final = (
    _entry("/fed/cockpit/", "驾驶舱", "Cockpit", "board"),
    _entry("/fed/units/", "单位", "Units", "people"),
    _entry("/results/", "成果", "Results", "stamp"),
    _entry("/fed/awards/", "评选", "Awards", "star"),
    _entry("/fed/contests/", "竞赛", "Contests", "cup"),
    _entry("/fed/academy/", "工匠学院", "Academies", "book"),
    _entry("/studios/", "工作室", "Studios", "tree"),
    _entry("/fed/match/", "技术红娘", "Matchmaker", "link"),
    _entry("/report/", "报告", "Report", "file"),
    _entry("/fed/calendar/", "工作日历", "Working calendar", "todo", "admin"),
)


def main_role(roles: frozenset[str]) -> str:
    return next((role for role in RANK if role in roles), "")


def space_of(roles: frozenset[str]) -> str:
    """Which space a person meets first: fed, org, judge or me."""
    if roles & FEDERATION:
        return "fed"
    if roles & ENTERPRISE:
        return "org"
    if roles & {"judge", "chief_judge"} and not roles & {"leader"}:
        return "judge"
    return "me"


HOMES: Final = {"fed": "/fed/", "org": "/org/", "judge": "/judge/", "me": "/me/"}
FRAMES: Final = {"fed": "frames/desk.html", "org": "frames/desk.html", "judge": "frames/phone.html", "me": "frames/phone.html"}
MENUS: Final[dict[str, tuple[Entry, ...]]] = {"fed": FED, "org": ORG, "judge": WORKER, "me": WORKER}


def marked(entries: tuple[Entry, ...], path: str, roles: frozenset[str]) -> list[Entry]:
    """The entries for these roles whose pages exist, with the one for this path marked."""
    shown = [one for one in entries if (not one.roles or one.roles & roles) and is_served(one.address)]
    inside = [one for one in shown if path == one.address or (one.address not in SHORT and path.startswith(one.address))]
    best = max(inside, key=lambda one: len(one.address), default=None)
    return [replace(one, is_here=one is best) for one in shown]


SHORT: Final = frozenset({"/", "/me/", "/org/", "/fed/"})  # marked only on the page itself, not on all below it


@lru_cache(maxsize=256)
def is_served(address: str) -> bool:
    """Whether a menu's address leads anywhere: entries of parts that are not installed are left out, never dead."""
    try:
        found = resolve(address)
    except Resolver404:
        return False
    serves = getattr(found.func, "serves", None)  # one route answers for many names: the view knows which
    return serves is None or serves(found.kwargs["key"], address.split("/")[1])
