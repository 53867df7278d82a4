"""/ui/: every building block in all its states (构件), drawn from the same templates as the pages. Debug only."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.web import walked
from gongchuang.web.spaces.figures import Shown
from gongchuang.web.todos import Task


def page(request: Any) -> HttpResponse:
    today = clock.today()
    return render(
        request,
        "ui.html",
        {
            "cards": cards(),
            "states": STATES,
            "lines": [line(done) for done in (1, 2, 3, 6)],
            "tasks": tasks(today),
            "timeline": timeline(),
            "facts": [{"label": Text("企业", "Enterprise"), "value": "海岳风机"}, {"label": Text("启用", "In use"), "value": "2026-04-16"}],
            "errors": [
                {
                    "anchor": "f1",
                    "label": Text("手机号", "Phone"),
                    "message": Text("应为 11 位，现在是 10 位。", "needs 11 digits, has 10."),
                }
            ],
            "reasons": [("cost", Text("投入大于收益", "Costs more than it saves")), ("done", Text("已有同样做法", "Done already"))],
            "wizard": [
                {"label": Text("选文件", "File"), "standing": "done"},
                {"label": Text("预览", "Preview"), "standing": "now"},
                {"label": Text("完成", "Done"), "standing": "ahead"},
            ],
            "today": today,
            "late": today - timedelta(days=4),
            "now_at": clock.now() - timedelta(hours=2),
            "someone": SimpleNamespace(name="李国栋", role=Text("班组长", "Team leader")),
            "tiles": TILES,
            "studios": ("赵铁山创新工作室", "刘建军创新工作室", "马骏创新工作室"),
        },
    )


def cards() -> list[Shown]:
    common: dict[str, Any] = {"address": "/figures/", "opens": True}
    return [
        Shown(key="results.benefit", label=str(Text("创造经济效益", "Economic benefit")), exact="4123456789.00", exact_words="4,123,456,789.00",
              number="41.2", unit=str(Text("亿元", "billion CNY")), words="41.2亿元", source="certified",
              opens_words=str(Text("2,317 项成果", "2,317 results")), change=str(Text("比上年末 +5.8亿元", "+0.58 bn on the year before")),
              trend=[12, 18, 22, 27, 33, 41], **common),
        Shown(key="people.innovators", label=str(Text("参与创新职工", "Innovators")), exact="521008", exact_words="521,008", number="52.1",
              unit=str(Text("万人", "people")), words="52.1万人", source="historic", address="/figures/", opens=False,
              opens_words=str(Text("无逐条记录，看来源", "no single records"))),
        Shown(key="results.claimed", label=str(Text("本季申报效益", "Declared this quarter")), exact="32045000.00", exact_words="32,045,000.00",
              number="3,204.5", unit=str(Text("万元", "CNY")), words="3204.5万元", source="claimed",
              opens_words=str(Text("41 项成果", "41 results")), **common),
    ]  # fmt: skip


TILES = [
    ("tile-r1-c2", 4, "北湾区", "7.02"), ("tile-r1-c3", 2, "青石市", "2.68"), ("tile-r2-c1", 3, "岳西区", "4.12"),
    ("tile-r2-c2", 5, "高新区", "8.93"), ("tile-r2-c3", 6, "东港区", "11.02"),
]  # fmt: skip
STATES = [
    ("draft", Text("草稿", "Draft")), ("submitted", Text("待回复", "Awaiting reply")), ("adopted", Text("已采纳", "Adopted")),
    ("under_way", Text("实施中", "Under way")), ("implemented", Text("已实施", "Implemented")), ("claimed", Text("待认证", "To certify")),
    ("certified", Text("已认证", "Certified")), ("declined", Text("未采纳", "Not adopted")), ("sent_back", Text("已退回", "Sent back")),
    ("withdrawn", Text("已撤回", "Withdrawn")), ("overdue", Text("逾期", "Overdue")),
]  # fmt: skip


def line(done: int) -> dict[str, Any]:
    stations = [walked.Station(label, "done" if at < done else "now" if at == done else "ahead") for at, label in enumerate(walked.LABELS)]
    return {
        "stations": stations,
        "now": Text("李国栋 正在实施", "Li Guodong is doing it") if done < 6 else "",
        "due": Text("还剩 8 天", "8 days left"),
    }


def tasks(today: Any) -> list[Task]:
    return [
        Task(str(Text("补充一张实施后的照片", "Add a photo of afterwards")), "李国栋", today, True, "#", str(Text("补充", "Add")), "today"),
        Task(
            str(Text("上课签到：激光对中仪使用", "Check in: laser alignment")), "孙海燕", today + timedelta(days=1), False, "#", "", "week"
        ),
    ]


def timeline() -> list[dict[str, Any]]:
    at = clock.now()
    return [
        {
            "label": Text("采纳", "Adopted"),
            "words": "护套用检测班的余料，不另买。",
            "actor": "李国栋",
            "at": at - timedelta(days=2),
            "facts": {},
        },
        {"label": Text("提交", "Handed in"), "words": "", "actor": "张伟明", "at": at - timedelta(days=9), "facts": {}},
    ]
