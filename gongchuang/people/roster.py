"""The columns of a roster and the check of one row (花名册): pure, no database, no request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongchuang.kernel.cells import Cell, filled, plain
from gongchuang.kernel.text import Text
from gongchuang.people import roster_values as values
from gongchuang.people.roster_values import CUT_CURE, Checked, Problem


def _day_check(cell: Cell, today: date) -> Checked:
    return values.day(cell, today)


def _timeless(check: values.Check) -> Callable[[Cell, date], Checked]:
    return lambda cell, today: check(cell)


@dataclass(frozen=True, slots=True)
class RosterColumn:
    """A column we know: the headings people give it, and how its cells are checked and recognised."""

    key: str
    label: Text
    check: Callable[[Cell, date], Checked]
    headings: tuple[str, ...]  # whole headings, without blanks, brackets and stars
    parts: tuple[str, ...] = ()  # a heading that contains one of these may be it as well
    looks: Callable[[str], bool] | None = None  # a cell that can hardly be anything else

    def known_as(self, heading: str) -> int:
        """How well a heading fits: 3 exactly, 2 by a part of it, 0 not at all."""
        text = bare_heading(heading)
        if text in self.headings or text in (self.label.zh, self.label.en.lower(), self.key):
            return 3
        return 2 if any(part in text for part in self.parts) else 0

    def seen_in(self, samples: Sequence[Cell]) -> float:
        """The share of the filled samples that look like this column, 0 when it has no look of its own."""
        texts = [text for cell in samples if (text := filled(cell))]
        return sum(map(self.looks, texts)) / len(texts) if self.looks and texts else 0.0


def bare_heading(heading: str) -> str:
    """A heading as it is compared: 手机 号码（必填）* → 手机号码."""
    text = re.sub(r"[(\[【].*?[)\]】]", "", plain(heading).lower())
    return re.sub(r"[\s*:·\-_/\\.、,]", "", text)


SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧"
)


def _looks_like_name(text: str) -> bool:
    return bool(re.fullmatch(r"[\u3400-\u9fff·]{2,4}", text)) and text[0] in SURNAMES


COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn(
        "name", Text("姓名", "Name"), _timeless(values.person_name),
        ("姓名", "职工姓名", "员工姓名", "名字", "人员姓名", "本人姓名", "工人姓名", "fullname", "employeename", "worker"),
        parts=("姓名",), looks=_looks_like_name,
    ),
    RosterColumn(
        "id_number", Text("身份证号", "Identity number"), values.identity,
        ("身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号码", "证件号码", "证件号", "居民身份证号", "sfzh",
         "idnumber", "idcard", "idno", "identitynumber"),
        parts=("身份证", "身份号码", "证件号"), looks=lambda text: bool(re.fullmatch(r"\d{17}[\dXx]|\d\.\d+E\+17", text)),
    ),
    RosterColumn(
        "work_no", Text("工号", "Work number"), _timeless(values.work_number),
        ("工号", "员工编号", "职工编号", "员工号", "职工号", "人员编号", "人员编码", "员工编码", "职工工号", "员工工号", "编号", "工牌号",
         "workno", "worknumber", "employeeno", "employeeid", "employeenumber", "staffno"),
        parts=("工号", "员工编", "职工编"), looks=lambda text: bool(re.fullmatch(r"[A-Za-z]{1,4}-?\d{3,8}", text)),
    ),
    RosterColumn(
        "phone", Text("手机号", "Mobile phone"), _timeless(values.phone),
        ("手机号", "手机号码", "手机", "联系电话", "联系方式", "电话", "移动电话", "电话号码", "联系手机", "本人电话",
         "mobile", "phone", "mobilephone", "phonenumber", "tel", "telephone", "cell"),
        parts=("手机", "联系电话", "联系方式"), looks=lambda text: bool(re.fullmatch(r"(?:\+?86)?[\s-]?1[3-9][\d\s-]{8,11}", text)),
    ),
    RosterColumn(
        "gender", Text("性别", "Gender"), _timeless(values.gender), ("性别", "gender", "sex"),
        looks=lambda text: text in ("男", "女"),
    ),
    RosterColumn(
        "born_on", Text("出生日期", "Date of birth"), _day_check,
        ("出生日期", "出生年月", "出生年月日", "生日", "出生时间", "birthday", "birthdate", "dateofbirth", "born"), parts=("出生",),
    ),
    RosterColumn(
        "department", Text("部门", "Department"), _timeless(values.words),
        ("部门", "所在部门", "所属部门", "部门名称", "单位部门", "科室", "处室", "组织", "所属组织", "组织机构", "所在单位", "二级单位",
         "工作部门", "dept", "department", "division"),
        parts=("部门", "科室"),
    ),
    RosterColumn(
        "workshop", Text("车间", "Workshop"), _timeless(values.words),
        ("车间", "所在车间", "所属车间", "车间名称", "分厂", "车间分厂", "workshop", "plant"), parts=("车间", "分厂"),
        looks=lambda text: text.endswith(("车间", "分厂")),
    ),
    RosterColumn(
        "team", Text("班组", "Team"), _timeless(values.words),
        ("班组", "所在班组", "所属班组", "班组名称", "工段班组", "班", "小组", "team", "crew", "group"), parts=("班组",),
        looks=lambda text: text.endswith(("班", "班组")),
    ),
    RosterColumn(
        "skill_level", Text("技能等级", "Skill level"), _timeless(values.skill_level),
        ("技能等级", "职业技能等级", "技术等级", "职业资格等级", "职业资格", "工种等级", "等级", "技能级别", "技能水平", "证书等级",
         "skilllevel", "level", "skill"),
        parts=("技能等级", "资格等级", "技术等级"),
        looks=lambda text: len(text) <= 12 and bool(values.skill_level(text).value),
    ),
    RosterColumn(
        "occupation", Text("工种", "Trade"), _timeless(values.words),
        ("工种", "职业", "职业工种", "岗位工种", "工种名称", "职业名称", "trade", "occupation", "craft"), parts=("工种",),
        looks=lambda text: bool(re.fullmatch(r"[\u4e00-\u9fff]{1,5}工", text)) and not values.skill_level(text).value,
    ),
    RosterColumn(
        "hired_on", Text("入职日期", "Hired on"), _day_check,
        ("入职日期", "入职时间", "进厂日期", "进厂时间", "参加工作时间", "入厂时间", "入厂日期", "到岗日期", "入司日期", "入司时间",
         "hiredate", "joined", "joinedon", "hiredon", "startdate", "datejoined"),
        parts=("入职", "进厂", "入厂", "入司"),
    ),
)  # fmt: skip
BY_KEY: Mapping[str, RosterColumn] = {column.key: column for column in COLUMNS}
PLACE = ("department", "workshop", "team")  # outermost first
NEEDED_ONE = ("id_number", "work_no")  # a roster without both cannot say who is who


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding about one cell, as docs/interface.md promises it: row and column as the file has them."""

    column: str
    found: str
    problem: Problem


@dataclass(slots=True)
class CheckedRow:
    """A row after all checks: clean values by column key, faults that keep it out, reminders that do not."""

    values: dict[str, str] = field(default_factory=dict)
    place: tuple[str, ...] = ()  # names from the outermost unit to the innermost, without the enterprise itself
    faults: list[Fault] = field(default_factory=list)
    reminders: list[Fault] = field(default_factory=list)


def check_row(cells: Mapping[str, Cell], today: date) -> CheckedRow:
    """Check one row given by column key; only mapped columns are in `cells`."""
    row = CheckedRow()
    for key, cell in cells.items():
        checked = BY_KEY[key].check(cell, today)
        row.values[key] = checked.value
        if checked.problem:
            row.faults.append(Fault(key, shown(cell), checked.problem))
        if checked.reminder:
            row.reminders.append(Fault(key, shown(cell), checked.reminder))
    row.place = place_of(row.values)
    _need_someone(row, cells)
    _compare_with_identity(row)
    return row


def _need_someone(row: CheckedRow, cells: Mapping[str, Cell]) -> None:
    if "name" not in cells:
        problem = values.person_name(None).problem
        assert problem is not None
        row.faults.append(Fault("name", "", problem))
    if any(row.values.get(key) for key in NEEDED_ONE) or any(fault.column in NEEDED_ONE for fault in row.faults):
        return
    problem = Problem(
        "nobody",
        Text("身份证号或工号", "an identity number or a work number"),
        Text("两样都空，认不出是谁；请补一样。", "Both are empty, so nobody can be recognised: fill in one."),
    )
    row.faults.append(Fault("id_number", "", problem))


def _compare_with_identity(row: CheckedRow) -> None:
    """Gender and birth date are in the identity number too; a difference is a reminder, the number wins."""
    number = row.values.get("id_number")
    if not number:
        return
    born = values.born_on(number)
    if number.endswith("000") and row.values.get("gender") == "M":
        # …000 with a fitting check digit happens by chance; the wrong gender on top says that Excel cut it.
        row.faults.append(Fault("id_number", shown(number), Problem("id_cut", values.CUT_EXPECTED, CUT_CURE)))
        row.values["id_number"] = ""
        return
    truth = {"gender": values.gender_in(number), "born_on": born.isoformat() if born else ""}
    for key, wanted in truth.items():
        said = row.values.get(key)
        if said and said != wanted:
            label = BY_KEY[key].label
            cure = Text(f"{label.zh}与身份证号不一致，按身份证号导入。", f"{label.en} differs from the identity number, which is taken.")
            row.reminders.append(Fault(key, said, Problem(f"{key}_differs", Text("与身份证号一致", "as in the identity number"), cure)))
            row.values[key] = wanted


def place_of(clean: Mapping[str, str]) -> tuple[str, ...]:
    """Unit names from the outside in: 生产部 | 叶轮车间/叶轮装配班 → (生产部, 叶轮车间, 叶轮装配班), without repeats."""
    names: list[str] = []
    for key in PLACE:
        for part in re.split(r"\s*[/\\>|→]\s*|-{1,2}(?=[\u4e00-\u9fff])", clean.get(key, "")):
            if part and part not in names:
                names.append(part)
    return tuple(names)


def shown(cell: Cell) -> str:
    """A cell as a message may quote it: identity numbers masked, long text cut."""
    text = plain(cell)
    if re.fullmatch(r"\d{14,18}[\dXx]?", text):
        return f"{text[:4]}{'*' * (len(text) - 8)}{text[-4:]}"
    if re.fullmatch(r"\d\.\d{6,}E\+?\d+", text, re.IGNORECASE):
        return f"{float(text):.2E}"
    return text if len(text) <= 40 else f"{text[:39]}…"


def is_footer(cells: Iterable[Cell]) -> bool:
    """A line under or between the rows that is nobody: totals, signatures, notes."""
    texts = [text for cell in cells if (text := plain(cell))]
    if not texts:
        return True
    first = texts[0].replace(" ", "")
    if re.match(r"(?:合计|总计|小计|共计|制表|审核|填表|备注|说明|注)(?:人|日期|时间)?(?:[::]|$)", first):
        return len(texts) <= 4
    return len(texts) == 1 and bool(re.match(r"(?:共|合计).*人", first))
