"""The roster by page (docs/import.md), from the file to the undo, and everybody who must stay outside."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongchuang.excel import reader, tasks
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.secret import blind_index
from gongchuang.people import accounts, roster_staging
from gongchuang.people import imports as batches
from gongchuang.people.imports import ImportRun
from gongchuang.people.models import Account, Person, Unit
from gongchuang.people.roster_import import import_batch
from gongchuang.web import imports
from tests import rosters as samples

HOME = "/org/people/import/"


def client_of(person):
    accounts.open_account(person, login=f"u{person.pk}", password=accounts.new_password(), by=None, key=f"account {person.pk}")
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


@pytest.fixture
def teams(cast, factory):
    for name in samples.TEAMS:
        cast.unit(factory, "team", name)
    return factory


@pytest.fixture
def page(teams, officer):
    return client_of(officer)


@pytest.fixture
def file(tmp_path):
    path = samples.write_xlsx(tmp_path / "a.xlsx", samples.roster(120))
    return SimpleUploadedFile("海岳风机2026年6月花名册.xlsx", path.read_bytes())


def run_of():
    return ImportRun.objects.latest("pk")


def test_the_whole_way(page, file, teams):
    response = page.post(HOME, {"file": file})
    run = run_of()
    assert response["Location"] == f"{HOME}{run.ref}/columns/"
    text = page.get(response["Location"]).content.decode()
    assert "公民身份证号码*" in text
    assert text.count("selected") >= 9
    assert samples.roster(120).numbers[0] not in text  # samples are masked
    response = page.post(response["Location"], {f"column-{c['number']}": c["key"] for c in run.columns})
    text = page.get(response["Location"]).content.decode()
    for part in (
        'data-count="new">83<',
        'data-count="wrong">37<',
        "部门不存在",
        "叶轮车间",
        "身份证号被 Excel 改过",
        "手机号位数不对",
        "导入 83 人，37 行以后再修",
    ):
        assert part in text, part
    assert not Person.objects.filter(work_no__startswith="F2").exists()
    address = f"{HOME}{run.ref}/"
    page.post(f"{address}repair/", {"group": "unit_missing:叶轮车间", "do": "map", "to": Unit.objects.get(name="叶轮装配班").code})
    assert 'data-count="wrong">15<' in page.get(address).content.decode()
    page.post(f"{address}go/")
    text = page.get(address).content.decode()
    assert 'http-equiv="refresh"' in text
    tasks.bring_in_roster.func(run.ref)
    text = page.get(address).content.decode()
    assert "已导入：新增 105 人" in text
    assert Person.objects.filter(work_no__startswith="F2").count() == 105
    remaining(page, address)
    page.post(f"{address}undo/")
    assert "已撤销" in page.get(address).content.decode()
    assert not Person.objects.filter(work_no__startswith="F2").exists()


def remaining(page, address):
    """The rows left over can be corrected in their file and dropped back in."""
    response = page.get(f"{address}remaining.xlsx")
    assert "%E5%BE%85%E4%BF%AE" in response["Content-Disposition"]
    content = b"".join(response.streaming_content)
    run = run_of()
    response = page.post(HOME, {"file": SimpleUploadedFile("b.xlsx", content)})
    again = run_of()
    assert again.pk != run.pk
    assert response["Location"] == f"{HOME}{again.ref}/"  # every column is remembered
    assert again.counts | {"rows": 15, "wrong": 15} == again.counts
    assert {g["key"] for g in again.groups} == {"id_cut", "phone_length"}
    assert "原因" in [column["heading"] for column in again.columns]


def test_a_second_time_the_columns_are_remembered_and_nothing_changes(page, file, tmp_path):
    page.post(HOME, {"file": file})
    run = run_of()
    page.post(f"{HOME}{run.ref}/columns/", {f"column-{c['number']}": c["key"] for c in run.columns})
    tasks.bring_in_roster.func(run.ref)
    file.seek(0)
    response = page.post(HOME, {"file": file})
    text = page.get(response["Location"]).content.decode()
    assert 'data-count="same">83<' in text
    assert "不用导入" in text
    assert "go/" not in text


def staged(page, file):
    page.post(HOME, {"file": file})
    run = run_of()
    page.post(f"{HOME}{run.ref}/columns/", {f"column-{c['number']}": c["key"] for c in run.columns})
    return f"{HOME}{run.ref}/"


def test_wrong_cells_are_typed_anew_in_the_grid(page, file):
    address = staged(page, file)
    text = page.get(address).content.decode()
    rows = [row.number for row in run_of().rows.filter(outcome="wrong") if row.read["faults"][0]["group"] == "phone_length"]
    assert len(rows) == 6
    assert all(f'name="cell-{number}"' in text for number in rows)
    cut = next(row.number for row in run_of().rows.filter(outcome="wrong") if row.read["faults"][0]["group"] == "id_cut")
    assert f'name="cell-{cut}" value=""' in text  # what Excel has cut is not offered again
    typed = {f"cell-{number}": f"1380000{number:04d}" for number in rows[:4]} | {f"cell-{rows[4]}": "138", f"cell-{rows[5]}": " "}
    page.post(f"{address}repair/", {"group": "phone_length", "do": "correct", **typed})
    run = run_of()
    assert run.counts == {"new": 87, "changed": 0, "same": 0, "wrong": 33, "reminders": 0, "rows": 120}
    page.post(f"{address}repair/", {"group": "unit_missing:叶轮车间", "do": "correct", f"cell-{rows[0]}": "x"})
    assert run_of().counts == run.counts  # a missing department is repaired once, not cell by cell
    tasks.bring_in_roster.func(run.ref)
    assert Person.objects.get(phone_index=blind_index(f"1380000{rows[0]:04d}")).work_no.startswith("F2")


def test_a_long_undo_runs_behind_the_page_and_whoever_started_is_told(page, file, officer, monkeypatch):
    monkeypatch.setattr(imports, "UNDO_NOW", 10)
    address = staged(page, file)
    page.post(f"{address}go/")
    tasks.bring_in_roster.func(run_of().ref)
    tasks.bring_in_roster.func(run_of().ref)
    told = page.get("/me/messages/").content.decode()
    assert told.count("已导入：新增 83，更新 0，有错 37") == 1
    assert f'href="{address}"' in told
    page.post(f"{address}undo/")
    assert "正在撤销" in page.get(address).content.decode()
    tasks.take_back_roster.func(run_of().ref)
    assert "已撤销" in page.get(address).content.decode()
    assert "的导入已撤销" in page.get("/me/messages/").content.decode()
    assert not Person.objects.filter(work_no__startswith="F2").exists()


def test_an_import_that_stopped_half_way_shows_how_far_it_is_and_goes_on(page, file, officer, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 50)
    monkeypatch.setattr(batches, "BATCH_ROWS", 30)
    address = staged(page, file)
    run = import_batch(run_of(), batch=1, by=officer, key=f"roster:{run_of().uid}:1")

    assert "已写 30 人，共 83 人" in page.get(address).content.decode()
    roster_staging.reopen(run, Refused("部门编号用完了"))
    text = page.get(address).content.decode()
    assert "已写入 30 / 83 人，中断了。" in text
    assert "部门编号用完了" in text
    page.post(f"{address}go/")
    tasks.bring_in_roster.func(run.ref)
    assert "已导入：新增 83 人" in page.get(address).content.decode()
    page.post(f"{address}undo/")
    assert not Person.objects.filter(work_no__startswith="F2").exists()


@pytest.mark.parametrize(("content", "part"), [(b"MZ\x90\x00", "程序"), (b"", "空"), (b"PK\x03\x04x", "损坏"), (b"a,b\n1,2\n", "姓名")])
def test_a_bad_file_is_told_beside_the_field(page, content, part):
    response = page.post(HOME, {"file": SimpleUploadedFile("花名册.xlsx", content)})
    if response.status_code == 302:
        response = page.post(response["Location"], {})
    assert response.status_code == 422
    text = response.content.decode()
    assert part in text
    assert 'role="alert"' in text


def test_no_file_at_all(page):
    response = page.post(HOME)
    assert response.status_code == 422
    assert "还没有选文件" in response.content.decode()


def test_the_pages_are_whole_in_english(page, file):
    response = page.post(f"{HOME}?lang=en", {"file": file})
    for address in (HOME, response["Location"]):
        text = page.get(address).content.decode()
        assert "Bring in a roster" in text
        assert "导入人员" not in text


def test_the_template_has_lists_and_reads_back(page, teams, tmp_path):
    response = page.get(f"{HOME}template.xlsx")
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"".join(response.streaming_content))
    sheets = reader.read(path)
    assert sheets[0].rows[1][:3] == ["姓名", "工号", "身份证号"]
    assert sheets[1].hidden
    import zipfile

    with zipfile.ZipFile(path) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<dataValidation ") == 3  # no workshop in this unit
    assert page.post(HOME, {"file": SimpleUploadedFile("t.xlsx", path.read_bytes())}).status_code == 422


def test_nobody_else_gets_in(page, file, cast, worker, stranger, leader):
    page.post(HOME, {"file": file})
    address = f"{HOME}{run_of().ref}/"
    assert Client().get(HOME)["Location"].startswith("/login/")
    assert client_of(worker).get(HOME).status_code == 403
    other = client_of(stranger)
    for tail in ("", "columns/", "remaining.xlsx"):
        assert other.get(address + tail).status_code == 404
    for tail in ("repair/", "go/", "undo/", "columns/"):
        assert other.post(address + tail).status_code == 404
    assert client_of(leader).get(address).status_code == 404
    assert page.get(f"{HOME}00000000-0000-7000-8000-000000000000/").status_code == 404
    assert run_of().state == "staged"


def test_a_list_and_its_files_say_the_same(page, teams, officer, cast):
    for number in range(55):
        cast.person(teams, f"=职工{number}", work_no=f"Z{number:03d}", skill_level=number % 3)
    text = page.get("/people/?skill_level=2").content.decode()
    assert "18" in text
    response = page.get("/people.csv?skill_level=2")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 18 + 1 + 1
    assert lines[-1].startswith(f"制表：{officer.name} ")
    assert lines[1].startswith("'=职工")
    response = page.get("/people.xlsx?skill_level=2")
    content = io.BytesIO(b"".join(response.streaming_content))
    assert content.getvalue().startswith(b"PK")
    assert Client().get("/people.csv").status_code == 302
    assert page.get("/people.pdf").status_code == 404
