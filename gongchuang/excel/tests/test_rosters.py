"""A roster's whole way: read, preview, repair of groups, import, again, undo. On the realistic file."""

import pytest

from gongchuang.excel import rosters
from gongchuang.kernel import clock, verify
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event, SearchWord
from gongchuang.people import actions, roster_staging
from gongchuang.people.models import Person, Post, SkillRecord, Unit, UnitPath
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_undo import undo_import
from tests import rosters as samples

FAULTS = {"unit_missing:叶轮车间": 22, "id_cut": 9, "phone_length": 6}


@pytest.fixture
def teams(cast, factory):
    for name in samples.TEAMS:
        cast.unit(factory, "team", name)
    return factory


@pytest.fixture
def sample():
    return samples.roster(300)


def staged(tmp_path, unit, sample, by, name="花名册.xlsx"):
    path = samples.write_xlsx(tmp_path / name, sample)
    run = rosters.stage(rosters.open_roster(path, unit), unit, by=by)
    roster_staging.preview(run)
    return run


def everything():
    """All rows of the tables an import may touch, without their version counters."""
    return {
        model: sorted(tuple(sorted((k, str(v)) for k, v in row.items() if k != "version")) for row in model.objects.values())
        for model in (Person, Post, SkillRecord, Unit, UnitPath)
    }


def test_the_preview_counts_and_groups_the_faults_and_writes_nothing(tmp_path, teams, officer, sample):
    before = everything()
    run = staged(tmp_path, teams, sample, officer)
    assert run.counts == {"new": 263, "changed": 0, "same": 0, "wrong": 37, "reminders": 0, "rows": 300}
    assert {group["key"]: group["count"] for group in run.groups} == FAULTS
    assert {row.number: row.read["faults"][0]["group"].partition(":")[0] for row in run.rows.filter(outcome="wrong")} == {
        number: {"team": "unit_missing", "cut": "id_cut", "phone": "phone_length"}[kind] for number, kind in sample.wrong.items()
    }
    assert (run.sheet, run.head) == ("在岗", 2)
    assert everything() == before


def test_the_import_enters_the_good_rows_with_one_event(tmp_path, teams, officer, sample):
    run = staged(tmp_path, teams, sample, officer)
    events = Event.objects.count()
    bring_in(run, by=officer)
    assert Event.objects.count() == events + 1
    wrong = set(sample.wrong)
    for index, (row, number) in enumerate(zip(sample.rows, sample.numbers, strict=True)):
        person = Person.objects.by_id_number(number).select_related("unit").first()
        if index + 3 in wrong:
            assert person is None
            continue
        assert (person.name, person.work_no, person.phone) == (row[1].replace("　", ""), row[2], row[5])
        assert (person.unit.name, person.gender) == (row[6], "M" if row[4] == "男" else "F")
        assert Post.objects.get(person=person).unit == person.unit
        assert SkillRecord.objects.filter(person=person).count() == bool(person.skill_level)
    assert all(finding.holds for finding in verify.run()), [f for f in verify.run() if not f.holds]


def test_the_same_file_again_changes_nothing(tmp_path, teams, officer, sample):
    bring_in(staged(tmp_path, teams, sample, officer), by=officer)
    before, events = everything(), Event.objects.count()
    again = staged(tmp_path, teams, sample, officer)
    assert again.counts == {"new": 0, "changed": 0, "same": 263, "wrong": 37, "reminders": 0, "rows": 300}
    with pytest.raises(Refused):
        bring_in(again, by=officer)
    assert everything() == before
    assert Event.objects.count() == events


def test_one_press_repairs_a_whole_group(tmp_path, teams, officer, sample):
    run = staged(tmp_path, teams, sample, officer)
    team = Unit.objects.get(name="叶轮装配班")
    roster_staging.decide(run, "unit_missing:叶轮车间", "map", team.code)
    assert run.counts["wrong"] == 15
    roster_staging.decide(run, "phone_length", "blank")
    assert run.counts["wrong"] == 9
    roster_staging.decide(run, "id_cut", "blank")
    assert run.counts["wrong"] == 0
    bring_in(run, by=officer)
    assert Person.objects.filter(unit=team).count() == sum(row[6] in ("叶轮装配班", "叶轮车间") for row in sample.rows)


def test_a_missing_department_is_made_on_request(tmp_path, teams, officer, sample):
    run = staged(tmp_path, teams, sample, officer)
    roster_staging.decide(run, "unit_missing:叶轮车间", "create")
    assert not Unit.objects.filter(name="叶轮车间").exists()
    bring_in(run, by=officer)
    made = Unit.objects.get(name="叶轮车间")
    assert (made.kind, made.parent) == ("workshop", teams)
    assert made.persons.count() == 22
    assert all(finding.holds for finding in verify.run())


def test_undo_restores_exactly(tmp_path, teams, officer, sample, cast, key):
    team = Unit.objects.get(name="检测班")
    old = next(i for i in range(300) if i + 3 not in sample.wrong and sample.rows[i][6] != "检测班" and sample.rows[i][7] == "技师")
    cast.person(team, "旧名字", work_no="X1", id_number=sample.numbers[old], phone="13800000000", skill_level=2)
    before, words = everything(), set(SearchWord.objects.values_list("token", "table", "pk_of_row"))
    run = staged(tmp_path, teams, sample, officer)
    assert run.counts["changed"] == 1
    roster_staging.decide(run, "unit_missing:叶轮车间", "create")
    bring_in(run, by=officer)
    changed = Person.objects.by_id_number(sample.numbers[old]).get()
    assert (changed.name, changed.skill_level, changed.unit.name) == (sample.rows[old][1].replace("　", ""), 5, sample.rows[old][6])
    undo_import(run, by=officer, key=key)
    assert everything() == before
    assert set(SearchWord.objects.values_list("token", "table", "pk_of_row")) == words
    assert Event.objects.order_by("-pk").first().action == "roster.undo"
    assert all(finding.holds for finding in verify.run())


def test_undo_leaves_those_who_have_acted_since(tmp_path, teams, officer, sample, cast, key):
    run = staged(tmp_path, teams, sample, officer)
    bring_in(run, by=officer)
    person = Person.objects.filter(work_no__startswith="F2").first()
    cast.unit(teams, "workshop", "另一车间")
    actions.set_public(person, is_public=True, by=person, key="own")
    undo_import(run, by=officer, key=key)
    assert list(Person.objects.filter(work_no__startswith="F2")) == [person]
    assert Event.objects.order_by("-pk").first().facts["kept"] == 1


def test_a_stranger_can_neither_stage_nor_import_nor_undo(tmp_path, teams, officer, stranger, sample, key):
    with pytest.raises(NotYours):
        staged(tmp_path, teams, sample, stranger)
    run = staged(tmp_path, teams, sample, officer)
    with pytest.raises(NotYours):
        bring_in(run, by=stranger)
    bring_in(run, by=officer)
    with pytest.raises(NotYours):
        undo_import(run, by=stranger, key=key)


def test_undo_is_possible_for_a_week_and_the_rows_go_after_it(tmp_path, teams, officer, sample, key):
    with clock.frozen("2026-06-01T09:00"):
        forgotten = staged(tmp_path, teams, sample, officer)
    with clock.frozen("2026-06-05T09:00"):
        run = staged(tmp_path, teams, sample, officer)
    with clock.frozen("2026-06-08T09:00"):
        bring_in(run, by=officer)
    with clock.frozen("2026-06-14T09:00"):
        roster_staging.forget_old()
        run.refresh_from_db()
        assert run.can_undo
        assert run.rows.count() == 300
        assert not type(run).objects.filter(pk=forgotten.pk).exists()
    with clock.frozen("2026-06-15T09:01"):
        with pytest.raises(Refused):
            undo_import(run, by=officer, key=key)
        roster_staging.forget_old()
        assert not run.rows.exists()


def test_the_first_roster_of_an_enterprise_brings_its_departments(tmp_path, factory, officer, sample):
    run = staged(tmp_path, factory, sample, officer)
    assert len([group for group in run.groups if group["key"].startswith("unit_missing")]) == len(samples.TEAMS) + 1
    roster_staging.make_all(run)
    assert run.counts["wrong"] == 15
    bring_in(run, by=officer)
    below = Unit.objects.filter(parent=factory)
    assert {unit.name: unit.kind for unit in below} == {
        **dict.fromkeys(samples.TEAMS, "team"),
        "叶轮车间": "workshop",
    }
    assert all(finding.holds for finding in verify.run())


def test_departments_within_departments_are_made_once(tmp_path, factory, officer):
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,工号,车间,班组\n赵一,F1,总装车间,一班\n钱二,F2,总装车间,二班\n孙三,F3,焊接车间,一班\n李四,F4,焊接车间,\n", encoding="utf-8"
    )
    run = rosters.stage(rosters.open_roster(path, factory), factory, by=officer)
    roster_staging.preview(run)
    roster_staging.make_all(run)
    bring_in(run, by=officer)
    made = {(unit.parent.name, unit.name): [person.name for person in unit.persons.all()] for unit in Unit.objects.filter(level__gt=4)}
    assert made == {
        ("海岳风机有限公司", "总装车间"): [],
        ("海岳风机有限公司", "焊接车间"): ["李四"],
        ("总装车间", "一班"): ["赵一"],
        ("总装车间", "二班"): ["钱二"],
        ("焊接车间", "一班"): ["孙三"],
    }
