"""How units, persons and levels are shown."""

from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.people import unit as tree
from gongchuang.people.models import SKILL_LEVELS

UNITS = Table(
    [
        Column("code", Text("编码", "Code"), kind="code", public=True),
        Column("name", Text("名称", "Name"), link=True, public=True),
        Column("kind", Text("类别", "Kind"), get=lambda unit: tree.KINDS.label(unit.kind), public=True),
        Column("parent", Text("上级", "Above"), kind="unit", public=True),
    ],
    order=("path",),
    joins=("parent",),
)
PEOPLE = Table(
    [
        Column("name", Text("姓名", "Name"), kind="person", get=lambda person: person, link=True),
        Column("work_no", Text("工号", "Work no."), kind="code"),
        Column("unit", Text("班组", "Team"), kind="unit"),
        Column("skill_level", Text("技能等级", "Skill level"), get=lambda person: str(SKILL_LEVELS[person.skill_level])),
        Column("masked_phone", Text("手机号", "Phone"), kind="code"),
        Column("masked_id", Text("身份证号", "Identity no."), kind="code"),
        Column("is_active", Text("在岗", "In post")),
    ],
    order=("-pk",),
    joins=("unit",),
)
PERSON_FACTS = [
    Column("hired_on", Text("入职日期", "Hired on"), kind="date"),
    Column("left_on", Text("离职日期", "Left on"), kind="date"),
    Column("occupation", Text("职业", "Occupation")),
    Column("is_public", Text("同意公开姓名", "Name may be public")),
]
CALENDAR = Table(
    [
        Column("on", Text("日期", "Day"), kind="date", link=True),
        Column("is_working", Text("上班", "Working day")),
        Column("name", Text("说明", "Word")),
    ],
    order=("-on",),
)
SKILLS = Table(
    [
        Column("person", Text("姓名", "Name"), kind="person", link=True),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("level", Text("等级", "Level"), get=lambda skill: str(SKILL_LEVELS[skill.level])),
        Column("from_level", Text("原等级", "From level"), get=lambda skill: str(SKILL_LEVELS[skill.from_level])),
        Column("certificate_no", Text("证书编号", "Certificate no."), kind="code"),
        Column("obtained_on", Text("取得日期", "Obtained on"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("person__unit", "unit"),
)
