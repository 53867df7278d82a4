"""Contest templates as data (竞赛模板): the kinds, levels, tags, marking schemes and prize tables to start from."""

from typing import Any

from gongchuang.kernel.text import Choices, Text

KINDS = Choices(
    [
        ("safety", Text("安全生产", "Safety")),
        ("labour", Text("劳动竞赛", "Labour and skills")),
        ("innovation", Text("创新创效", "Innovation and efficiency")),
        ("rural", Text("乡村振兴·一镇一品", "Rural revitalisation: one town, one product")),
        ("public_service", Text("机关事业单位服务发展", "Service of public bodies")),
    ]
)
LEVELS = Choices(
    [
        ("team", Text("班组", "Team")),
        ("enterprise", Text("企业", "Enterprise")),
        ("industry", Text("行业", "Industry")),
        ("key_project", Text("重点工程", "Key project")),
        ("chain", Text("产业链", "Industrial chain")),
    ]
)
TAGS = Choices(
    [
        ("five_small", Text("五小", "Five-small")),
        ("green", Text("绿色低碳", "Green and low-carbon")),
        ("digital", Text("数字化", "Digital")),
        ("follow_up", Text("跟进式", "Follow-up to training")),
    ]
)
ENTRANTS = Choices(
    [
        ("person", Text("个人", "Single persons")),
        ("team", Text("团队", "Teams")),
        ("unit", Text("单位及其产品", "Units with a product")),
    ]
)

FOUR_LEVELS = ["未达到要求", "达到要求", "部分超出要求", "全面超出要求"]
TRIMMED = {"drop_high": 1, "drop_low": 1, "trim_from": 5, "least_judges": 3}

SCHEMES: dict[str, dict[str, Any]] = {
    "fitter": {
        "criteria": [
            {"key": "size", "label": "尺寸精度", "maximum": 20, "note": "三处配合面", "part": "quality"},
            {"key": "steps", "label": "工艺步骤", "maximum": 15, "note": "漏一步减 3"},
            {"key": "surface", "label": "表面质量", "maximum": 10, "note": "划痕、毛刺", "part": "quality"},
            {"key": "time", "label": "用时", "maximum": 5, "note": "超时为 0"},
            {"key": "safety", "label": "安全文明", "maximum": 10, "note": "护目镜、工具归位"},
            {"key": "gap", "label": "装配间隙", "maximum": 20, "note": "塞尺四点", "part": "quality"},
            {"key": "balance", "label": "动平衡", "maximum": 20, "note": "残余不平衡量", "part": "quality"},
        ],
        **TRIMMED,
        "ties": [{"by": "quality"}, {"by": "time"}],
    },
    "practice": {
        "criteria": [
            {"key": "theory", "label": "理论", "maximum": 100, "weight": "0.2", "part": "theory"},
            {"key": "practice", "label": "实操", "maximum": 100, "weight": "0.8", "part": "practice"},
        ],
        **TRIMMED,
        "ties": [{"by": "practice"}, {"by": "theory"}],
    },
    "project": {
        "criteria": [
            {"key": "novelty", "label": "创新性", "kind": "J", "maximum": 30, "levels": FOUR_LEVELS},
            {"key": "effect", "label": "效益", "maximum": 30, "note": "以财务认证为准"},
            {"key": "spread", "label": "推广价值", "kind": "J", "maximum": 30, "levels": FOUR_LEVELS},
            {"key": "defence", "label": "现场答辩", "maximum": 10},
        ],
        "least_judges": 3,
        "judged_gap": 1,
        "ties": [{"by": "effect"}, {"by": "novelty"}],
    },
    "product": {
        "criteria": [
            {"key": "quality", "label": "品质", "maximum": 40, "note": "外观、口感、检测报告"},
            {"key": "brand", "label": "品牌与包装", "maximum": 20},
            {"key": "income", "label": "带动增收", "maximum": 30, "note": "上年户数与金额"},
            {"key": "story", "label": "一镇一品讲述", "maximum": 10},
        ],
        "least_judges": 3,
        "ties": [{"by": "quality"}, {"by": "income"}],
    },
    "service": {
        "criteria": [
            {"key": "results", "label": "工作实绩", "maximum": 50},
            {"key": "service", "label": "服务对象评价", "maximum": 30},
            {"key": "method", "label": "做法可推广", "maximum": 20},
        ],
        "least_judges": 3,
        "ties": [{"by": "results"}],
    },
}

PRIZES: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "skill": [
        {"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 300_000, "promote_to": 5, "from_least": 3},
        {"rank_from": 2, "rank_to": 3, "name": "二等奖", "money_fen": 200_000, "promote_to": 5, "from_least": 4},
        {"rank_from": 4, "rank_to": 10, "name": "三等奖", "money_fen": 100_000, "promote_one": True, "cap": 4},
    ],
    "honour": [
        {"rank_from": 1, "rank_to": 1, "name": "一等奖", "money_fen": 300_000},
        {"rank_from": 2, "rank_to": 3, "name": "二等奖", "money_fen": 200_000},
        {"rank_from": 4, "rank_to": 6, "name": "三等奖", "money_fen": 100_000},
    ],
}

TEMPLATES = Choices(
    [
        ("fitter", Text("装配钳工实操", "Fitter, practice")),
        ("practice", Text("理论 20% + 实操 80%", "Theory 20%, practice 80%")),
        ("project", Text("创新项目答辩", "Innovation project with defence")),
        ("product", Text("一镇一品", "One town, one product")),
        ("service", Text("机关事业单位服务", "Service of public bodies")),
    ]
)
PRIZE_TABLES = Choices(
    [
        ("none", Text("不设奖", "No prizes")),
        ("skill", Text("技能竞赛：奖金与等级推荐", "Skill contest: money and levels")),
        ("honour", Text("一二三等奖", "First to third prizes")),
    ]
)
