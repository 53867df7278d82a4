"""The desks of units, persons and skill levels (单位、人员、技能等级)."""

from gongchuang.kernel.desk import Act, Desk, ReasonForm
from gongchuang.kernel.models import Holiday
from gongchuang.kernel.text import Text
from gongchuang.people import accounts, actions, calendar, forms, rules, tables
from gongchuang.people.models import Person, SkillRecord, Unit

UNITS = Desk(
    key="units",
    label=Text("单位", "Units"),
    one=Text("单位", "Unit"),
    model=Unit,
    table=tables.UNITS,
    see=rules.SEE_UNIT,
    filters=("kind",),
    spaces=frozenset({"org", "fed", "public"}),
    acts=[
        Act("found", Text("新建下级单位", "New unit below"), actions.found_unit, rules.FOUND_UNIT, forms.FoundUnitForm),
        Act("move", Text("划转", "Move"), actions.move_unit, rules.MOVE_UNIT, forms.MoveUnitForm),
        Act("enrol", Text("新增人员", "Add a person"), actions.enrol, rules.ENROL, forms.EnrolForm),
    ],
)
PEOPLE = Desk(
    key="people",
    label=Text("人员", "People"),
    one=Text("人员", "Person"),
    model=Person,
    table=tables.PEOPLE,
    facts=tables.PERSON_FACTS,
    see=rules.SEE_PERSON,
    filters=("skill_level", "is_active"),
    spaces=frozenset({"org", "fed"}),
    empty=Text("还没有人员。可以导入花名册。", "Nobody yet. You can import a roster."),
    acts=[
        Act("appoint", Text("任职", "Appoint"), actions.appoint, rules.APPOINT_PERSON, forms.AppointForm),
        Act("end_post", Text("卸任", "End a post"), actions.end_post_of, rules.END_POST, forms.EndPostForm,
            done=Text("已卸任，权限随之收回。", "The post has ended, and its rights with it.")),
        Act("account", Text("开通账号", "Open an account"), accounts.open_account, rules.KEEP_PERSON, forms.OpenAccountForm),
        Act("password", Text("换新密码", "New password"), accounts.reset_password, rules.KEEP_PERSON, forms.NewPasswordForm),
        Act("reveal", Text("查看完整号码", "Show full number"), actions.reveal, rules.REVEAL, forms.RevealForm),
        Act("leave", Text("离职", "Leave"), actions.leave, rules.KEEP_PERSON, forms.LeaveForm, tone="danger"),
        Act("public", Text("公开展示", "Public name"), actions.set_public, rules.OWN, forms.PublicForm),
    ],
)  # fmt: skip
SKILLS = Desk(
    key="skills",
    label=Text("技能等级", "Skill levels"),
    one=Text("技能等级", "Skill level"),
    model=SkillRecord,
    table=tables.SKILLS,
    see=rules.SEE_SKILL,
    filters=("state", "level"),
    spaces=frozenset({"me", "org", "fed"}),
    acts=[
        Act("confirm", Text("确认等级", "Confirm"), actions.confirm_level, rules.CONFIRM_SKILL, forms.ConfirmLevelForm,
            tone="primary", from_states=frozenset({"recommended"})),
        Act("refuse", Text("未通过", "Not confirmed"), actions.refuse_level, rules.CONFIRM_SKILL, ReasonForm,
            from_states=frozenset({"recommended"})),
    ],
)  # fmt: skip
CALENDAR = Desk(
    key="calendar",
    label=Text("工作日历", "Working calendar"),
    one=Text("工作日历的一天", "Day of the working calendar"),
    model=Holiday,
    table=tables.CALENDAR,
    see=rules.SEE_CALENDAR,
    filters=(),
    search=("name",),
    spaces=frozenset({"fed"}),
    empty=Text("没有更正。节假日和调休按国务院办公厅的通知。", "No corrections. Days off and made up for are those the State Council announced."),
    acts=[
        Act("set", Text("更正日历", "Correct the calendar"), calendar.set_days, rules.SET_CALENDAR, forms.CalendarForm, creates=True,
            done=Text("已更正。以后算出的期限按新日历，已定的期限不变。",
                      "Corrected. Days due are reckoned by it from now on; those already set stay.")),
    ],
)  # fmt: skip
