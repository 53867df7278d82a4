"""Words and colours that are the same on every page (样式词典): states, sources, days, time left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import get_language

from gongchuang.kernel import clock
from gongchuang.kernel.secret import mask_name
from gongchuang.kernel.text import Text

# What a state looks like; the stylesheet knows only the names on the right. A state not listed is grey.
_LOOKS: Final[dict[str, frozenset[str]]] = {
    look: frozenset(states.split())
    for look, states in {
        "waiting": (
            "submitted passed_on asked open suggested applied recommended reviewed forwarded logged registered proposed collected"
            " volunteered due expected offered lodged received drafted to_recover filed signing_up"
        ),
        "to-certify": "claimed checked",
        "adopted": "adopted published accepted approved wanted agreed served signed_up preview",
        "doing": "under_way running active entered in_touch met rectifying judging competing public listed planned",
        "done": "implemented resulted finished signed closed held answered released",
        "certified": (
            "certified audited recognised in_force taken_up confirmed granted paid locked effective named completed placed passed"
            " reached settled recovered"
        ),
        "returned": "sent_back returned overdue failed upheld overturned vetoed",
        "refused": "declined refused passed_over turned_down dismissed unplaced absent removed",
        "draft": "draft",
        "withdrawn": (
            "withdrawn cancelled revoked struck_off disbanded ended dropped left lapsed replaced superseded stood_back"
        ),
    }.items()
}  # fmt: skip
_LOOK_OF: Final = {state: look for look, states in _LOOKS.items() for state in states}

_SOURCES: Final[dict[str, tuple[str, Text]]] = {
    "certified": ("certified", Text("认证", "certified")),
    "recorded": ("recorded", Text("记录", "recorded")),
    "claimed": ("claimed", Text("申报", "declared")),
    "historic": ("historic", Text("历史汇总", "historic total")),
}


def look_of(state: str) -> str:
    return _LOOK_OF.get(state, state.replace("_", "-"))


def source_of(source: str) -> tuple[str, Text]:
    return _SOURCES.get(source, ("claimed", Text(source)))


def masked(name: str) -> str:
    return mask_name(name)


def is_english() -> bool:
    return (get_language() or "").startswith("en")


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(on: date, with_year: bool | None = None) -> str:
    """6月5日 this year, 2025年6月5日 otherwise; 5 Jun 2025 in English."""
    tells_year = on.year != clock.today().year if with_year is None else with_year
    if is_english():
        return f"{on.day} {_MONTHS[on.month - 1]}" + (f" {on.year}" if tells_year else "")
    return (f"{on.year}年" if tells_year else "") + f"{on.month}月{on.day}日"


def _counted(count: int, zh: str, en: str, tail: str) -> str:
    if is_english():
        return f"{count} {en}{'' if count == 1 else 's'} {tail}"
    return f"{count}{zh}"


def ago(at: datetime) -> str:
    """How long ago, up to seven days; the day itself before that."""
    minutes = int((clock.now() - at).total_seconds() // 60)
    if minutes < 0 or minutes >= 7 * 24 * 60:
        return day_words(at.date())
    if minutes < 1:
        return str(Text("刚刚", "just now"))
    if minutes < 60:
        return _counted(minutes, "分钟前", "minute", "ago")
    if minutes < 24 * 60:
        return _counted(minutes // 60, "小时前", "hour", "ago")
    return _counted(minutes // (24 * 60), "天前", "day", "ago")


def left_words(days: int) -> str:
    """今天到期 · 还剩 3 天 · 逾期 2 天."""
    if days == 0:
        return str(Text("今天到期", "due today"))
    if days < 0:
        return _counted(-days, " 天", "day", "overdue") if is_english() else f"逾期 {-days} 天"
    return _counted(days, " 天", "day", "left") if is_english() else f"还剩 {days} 天"


def overdue_words(due_on: date | None) -> str:
    """How many working days an answer is late, or nothing; the count stops at a year."""
    today = clock.today()
    if due_on is None or due_on >= today:
        return ""
    span = min((today - due_on).days, 366)
    late = sum(clock.is_working_day(due_on + timedelta(days=step)) for step in range(1, span + 1))
    if not late:
        return ""
    return _counted(late, "", "working day", "overdue") if is_english() else f"逾期 {late} 个工作日"
