"""Every change of units, persons, posts, skill levels and titles held."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.history import action, record, touch
from gongchuang.kernel.text import Text
from gongchuang.people import flow, rules
from gongchuang.people import unit as tree
from gongchuang.people.models import (
    Grant,
    Person,
    Post,
    SkillRecord,
    Title,
    Unit,
    UnitPath,
)

# ---- units -----------------------------------------------------------------------------------------------------------


def next_path(parent: Unit | None, level: int) -> int:
    """The path of the next child of `parent` at `level`; numbers are never given twice."""
    if parent is not None and level <= parent.level:
        raise Refused(
            Text("下级单位的层级应低于上级单位。", "A unit must stand below its parent."),
            field="parent",
        )
    prefix = tree.skip_to(parent.path if parent else None, level)
    low, high = prefix, prefix | ((1 << (tree.SHIFTS[level] + tree.WIDTHS[level])) - 1)
    last = UnitPath.objects.filter(path__range=(low, high), level=level).aggregate(last=Max("path"))["last"]
    number = ((last >> tree.SHIFTS[level]) & ((1 << tree.WIDTHS[level]) - 1)) + 1 if last else tree.FIRST
    return tree.child(prefix, level, number)


def _place(parent: Unit | None, *, kind: str, name: str, code: str, on: date, **more: str) -> Unit:
    level = tree.LEVEL_OF[kind]
    path = next_path(parent, level)
    unit = Unit(parent=parent, kind=kind, level=level, path=path, name=name, code=code or f"U{path}", valid_from=on, **more)
    unit.save()
    UnitPath(unit=unit, path=path, level=level, start_on=on).save()
    return unit


@action
def found_city(*, name: str, code: str, by: Person | None = None, key: str = "") -> Unit:
    """Make the root of the tree, once, when an installation begins (建市)."""
    if Unit.objects.exists():
        raise Refused(Text("城市已经建好。", "The city is there already."))
    city = _place(None, kind="city", name=name, code=code, on=clock.today())
    record(by, "unit.found_city", subject=city, key=key)
    return city


@action
def found_unit(
    parent: Unit, *, kind: str, name: str, by: Person, key: str, code: str = "", short_name: str = "",
    industry: str = "", credit_code: str = "", chain: str = "", on: date | None = None,
) -> Unit:  # fmt: skip
    """Make a unit below another (新建单位)."""
    rules.FOUND_UNIT.require(by, parent)
    if Unit.objects.filter(parent=parent, name=name).exists():
        raise Refused(Text(f"“{parent}”下已有“{name}”。", f"“{parent}” has a unit “{name}” already."), field="name")
    unit = _place(
        parent, kind=kind, name=name, code=code, on=on or clock.today(), short_name=short_name,
        industry=industry, credit_code=credit_code, chain=chain,
    )  # fmt: skip
    record(by, "unit.found", subject=unit, key=key)
    return unit


@action
def move_unit(unit: Unit, *, to: Unit, by: Person, key: str) -> Unit:
    """Put a unit below another from today on (划转): what happened before stays where it was."""
    rules.MOVE_UNIT.require(by, unit)
    rules.MOVE_UNIT.require(by, to)
    if to.is_inside(unit):
        raise Refused(Text("不能划到自己的下级。", "A unit cannot stand below itself."), field="to")
    below = list(Unit.objects.inside(unit).order_by("path"))
    old_root, new_root = unit.path, next_path(to, unit.level)
    today = clock.today()
    current = UnitPath.objects.filter(unit__in=below, end_on=None)
    touch(current)
    current.update(end_on=today)
    for each in below:
        each.path = new_root | (each.path & ~_mask_above(unit.level))
        if each.pk == unit.pk:
            each.parent = to
        each.save()
        UnitPath(unit=each, path=each.path, level=each.level, start_on=today).save()
    unit.refresh_from_db()
    record(by, "unit.move", subject=unit, key=key, old_path=str(old_root), to=to.code)
    return unit


def _mask_above(level: int) -> int:
    """The bits of a path that name the node at `level` and everything above it."""
    return ~((1 << tree.SHIFTS[level]) - 1)


# ---- persons and posts -----------------------------------------------------------------------------------------------


@action
def enrol(
    unit: Unit, *, name: str, by: Person | None, key: str, work_no: str = "", id_number: str = "", phone: str = "",
    gender: str = "", occupation: str = "", skill_level: int = 0, hired_on: date | None = None, is_public: bool = False,
) -> Person:  # fmt: skip
    """Enter a person into a unit's roster (入册); most never need an account."""
    if by is not None or Person.objects.exists():
        rules.ENROL.require(by, unit)
    if id_number and (known := Person.objects.by_id_number(id_number).first()):
        raise Refused(
            Text(f"这个身份证号已在册（{known.unit}）。", f"This identity number is on a roster already ({known.unit})."),
            field="id_number",
        )
    person = Person(
        unit=unit, name=name, work_no=work_no, id_number=id_number, phone=phone, gender=gender,
        occupation=occupation, skill_level=skill_level, hired_on=hired_on, is_public=is_public,
    )  # fmt: skip
    person.save()
    Post(person=person, role="member", unit=unit, start_on=hired_on or clock.today()).save()
    if skill_level:
        SkillRecord(
            person=person, unit=unit, level=skill_level, occupation=occupation, state="confirmed",
            obtained_on=hired_on or clock.today(),
        ).save()  # fmt: skip
    record(by, "person.enrol", subject=person, key=key)
    return person


@action
def appoint(person: Person, *, role: str, over: Unit, by: Person | None, key: str, on: date | None = None) -> Post:
    """Give a person a role over a unit from a day on (任职)."""
    if by is not None or Post.objects.exclude(role="member").exists():
        rules.APPOINT.require(by, over)
        if by == person:
            raise NotYours(Text("不能给自己任职，请由上级办理。", "Nobody appoints themselves; somebody above does it."))
        _not_above_own(by, role, over)
    post = Post(person=person, role=role, unit=over, start_on=on or clock.today())
    if Post.objects.filter(person=person, role=role, unit=over, end_on=None).exists():
        raise Refused(Text("此人已担任这个角色。", "This person has the role already."), field="role")
    post.save()
    person.forget_grants()
    record(by, "post.appoint", subject=post, key=key, tell=[person])
    return post


def _not_above_own(by: Person | None, role: str, over: Unit) -> None:
    """Nobody hands out more than they hold: federation roles come from the federation."""
    if role in {"city", "auditor", "admin"} and not (by and {"city", "admin"} & by.roles()):
        raise Refused(Text("这个角色由市总工会授予。", "This role is given by the city federation."), field="role")
    if role == "district" and not (by and {"district", "city", "admin"} & by.roles()):
        raise Refused(Text("这个角色由上级工会授予。", "This role is given by the federation above."), field="role")


@action
def end_post(post: Post, *, by: Person, key: str, on: date | None = None) -> Post:
    """End a post (卸任); its rights end with it, at once."""
    rules.APPOINT.require(by, post.unit)
    if post.end_on is not None:
        raise Refused(Text("这个任职已经结束。", "This post has ended already."))
    post.end_on = on or clock.today()
    post.save()
    record(by, "post.end", subject=post, key=key, tell=[post.person])
    return post


@action
def end_post_of(person: Person, *, post: Post, reason: str, by: Person, key: str, on: date | None = None) -> Person:
    """Relieve a person of a post from a day on, with the reason (卸任); who leaves the unit altogether leaves (离职)."""
    rules.END_POST.require(by, person)
    day = on or clock.today()
    if post.person_id != person.pk or post.role == "member":
        raise Refused(Text("请选择此人担任的职务。", "Please choose a post of this person."), field="post")
    if day < post.start_on:
        raise Refused(
            Text(f"卸任日期不能早于任职日期 {post.start_on}。", f"The day cannot lie before the post began, {post.start_on}."), field="on"
        )
    _not_above_own(by, post.role, post.unit)
    end_post(post, by=by, key=f"{key}:post", on=day)
    person.forget_grants()
    record(by, "person.end_post", subject=person, key=key, role=post.role, over=str(post.unit), end_on=day.isoformat(), reason=reason)
    return person


@action
def leave(person: Person, *, by: Person, key: str, on: date | None = None) -> Person:
    """A person leaves the unit (离职): posts end, what was earned stays."""
    rules.KEEP_PERSON.require(by, person)
    if not person.is_active:
        raise Refused(Text("此人已离职。", "This person has left already."))
    person.is_active, person.left_on = False, on or clock.today()
    person.save()
    posts = person.posts.filter(end_on=None)
    touch(posts)
    posts.update(end_on=person.left_on)
    person.forget_grants()
    record(by, "person.leave", subject=person, key=key)
    return person


@action
def reveal(person: Person, *, field: str, reason: str, by: Person, key: str) -> Person:
    """Look at a full identity or phone number (查看完整号码): an act with a reason, kept for the auditors."""
    rules.REVEAL.require(by, person)
    if field not in {"id_number", "phone"}:
        raise Refused(Text("没有这一项。", "There is no such item."), field="field")
    if len(reason.strip()) < 2:
        raise Refused(Text("请写明查看原因。", "Please give the reason."), field="reason")
    record(by, "person.reveal", subject=person, key=key, tell=[person], field=field, reason=reason)
    return person


@action
def set_public(person: Person, *, is_public: bool, by: Person, key: str) -> Person:
    """Agree to be shown by name in public, or withdraw it with effect at once (公开展示同意)."""
    rules.OWN.require(by, person)
    person.is_public = is_public
    person.save()
    record(by, "person.set_public", subject=person, key=key, is_public=is_public)
    return person


# ---- skill levels ----------------------------------------------------------------------------------------------------


@action
def recommend_level(person: Person, *, level: int, source: str, by: Person | None, key: str, occupation: str = "") -> SkillRecord:
    """Recommend a person for a higher level (推荐晋级); it counts once the authority has confirmed it."""
    if level <= person.skill_level:
        raise Refused(Text("推荐的等级应高于现有等级。", "The level must be above the present one."), field="level")
    found = SkillRecord(
        person=person, unit=person.unit, level=level, from_level=person.skill_level, source=source,
        occupation=occupation or person.occupation,
    )  # fmt: skip
    flow.SKILL.start(found, by=by, key=key, name="recommend", tell=[person])
    return found


@action
def confirm_level(skill: SkillRecord, *, certificate_no: str, issuer: str, obtained_on: date, by: Person, key: str) -> SkillRecord:
    """Enter the certificate that the authority gave (确认等级)."""
    rules.CONFIRM_SKILL.require(by, skill)
    if obtained_on > clock.today():
        raise Refused(Text("取得日期不能在今天之后。", "The day cannot lie in the future."), field="obtained_on")
    if SkillRecord.objects.filter(certificate_no=certificate_no).exclude(pk=skill.pk).exists():
        raise Refused(Text("这个证书号已登记。", "This certificate number is entered already."), field="certificate_no")
    skill.certificate_no, skill.issuer, skill.obtained_on = certificate_no, issuer, obtained_on
    flow.SKILL.move(skill, "confirm", by=by, key=key, tell=[skill.person])
    person = skill.person
    if skill.level > person.skill_level:
        person.skill_level = skill.level
        person.save()
    return skill


@action
def refuse_level(skill: SkillRecord, *, reason: str, by: Person, key: str) -> SkillRecord:
    """The authority did not confirm (未通过)."""
    rules.CONFIRM_SKILL.require(by, skill)
    flow.SKILL.move(skill, "refuse", by=by, key=key, tell=[skill.person], reason=reason)
    return skill


# ---- titles ----------------------------------------------------------------------------------------------------------


@action
def define_title(
    granting: Unit, *, title_key: str, name_zh: str, name_en: str, level: str, by: Person, key: str,
    holder: str = "person", is_craftsman: bool = False, term_years: int | None = None, prize_fen: int = 0,
) -> Title:  # fmt: skip
    """Enter a title into the catalogue (设立称号)."""
    rules.GRANT.require(by, granting)
    title = Title(
        key=title_key, name_zh=name_zh, name_en=name_en, level=level, holder=holder, is_craftsman=is_craftsman,
        term_years=term_years, prize_fen=prize_fen,
    )  # fmt: skip
    title.save()
    record(by, "title.define", subject=title, key=key)
    return title


@action
def grant(
    title: Title, *, granting: Unit, issuer: str, document_no: str, by: Person, key: str, person: Person | None = None,
    unit: Unit | None = None, result_no: str = "", granted_on: date | None = None, prize_fen: int | None = None,
) -> Grant:  # fmt: skip
    """Grant a title by a numbered document (授予): to a person, or to a unit or a result."""
    rules.GRANT.require(by, granting)
    holder_unit = unit or (person.unit if person else None)
    if holder_unit is None or (title.holder == "person") != (person is not None):
        raise Refused(Text("称号的对象不对。", "The title is for another kind of holder."), field="person")
    day = granted_on or clock.today()
    granted = Grant(
        title=title, person=person, unit=holder_unit, result_no=result_no, issuer=issuer, document_no=document_no,
        granted_on=day, ends_on=_years_later(day, title.term_years),
        prize_fen=title.prize_fen if prize_fen is None else prize_fen,
    )  # fmt: skip
    granted.save()
    record(by, "grant.grant", subject=granted, key=key, tell=[person] if person else [])
    return granted


@action
def revoke(granted: Grant, *, granting: Unit, reason: str, by: Person, key: str) -> Grant:
    """Take a title back (撤销); it leaves the count from today."""
    rules.GRANT.require(by, granting)
    if granted.revoked_on is not None:
        raise Refused(Text("这个称号已经撤销。", "This title has been revoked already."))
    granted.revoked_on = clock.today()
    granted.save()
    record(by, "grant.revoke", subject=granted, key=key, tell=[granted.person] if granted.person else [], reason=reason)
    return granted


def _years_later(day: date, years: int | None) -> date | None:
    if years is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
