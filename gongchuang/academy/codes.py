"""The short code lists of the academies (代码表) and the numbers that bound their records."""

from __future__ import annotations

from gongchuang.kernel.text import Choices, Text

LEVELS = Choices(
    [
        ("city", Text("市级", "City")),
        ("district", Text("区市级", "District")),
        ("enterprise", Text("企业（院校）级", "Enterprise or school")),
    ]
)
ACADEMY_KINDS = Choices(
    [
        ("enterprise", Text("企业型", "Enterprise")),
        ("school", Text("院校型", "School")),
        ("industry", Text("行业型", "Industry")),
        ("park", Text("园区型", "Park")),
    ]
)
LECTURER_SOURCES = Choices(
    [
        ("model_worker", Text("劳模", "Model worker")),
        ("craftsman", Text("工匠", "Craftsman")),
        ("expert", Text("技术能手", "Technical expert")),
        ("teacher", Text("院校教师", "School teacher")),
        ("technician", Text("企业技师", "Enterprise technician")),
    ]
)
METHODS = Choices(
    [
        ("lecture", Text("讲授互动", "Lecture with interaction")),
        ("hands_on", Text("动手操作", "Hands-on")),
        ("case", Text("案例教学", "Case teaching")),
    ]
)
DIRECTIONS = Choices(
    [
        ("into_college", Text("职工进院校", "Workers into the college")),
        ("into_enterprise", Text("讲师进企业", "Lecturer into the enterprise")),
    ]
)
TRAINEES = Choices(
    [
        ("new", Text("新职工", "New workers")),
        ("in_post", Text("在岗职工", "Workers in post")),
        ("migrant", Text("农民工", "Migrant workers")),
        ("new_form", Text("新就业形态劳动者", "Workers in new forms of work")),
    ]
)
SOURCES = Choices([("self", Text("自选", "Own choice")), ("order", Text("订单", "Order")), ("unit", Text("单位代报", "By the unit"))])
WAYS = Choices([("code", Text("扫码", "By code")), ("hand", Text("手工", "By hand"))])
PASS_SCORE = 80
"""Self-assessment (申报自评表) below this is not accepted."""
FULL_MARK_TENTHS = 1000
