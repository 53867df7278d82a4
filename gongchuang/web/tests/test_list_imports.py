"""Lists by page: file, preview by row, import behind the page, the same file again, taken back, and who must stay outside."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongchuang.contests.models import Mark
from gongchuang.contests.tests.conftest import begun, chief, judges, make, opened, rival  # noqa: F401 (its contest)
from gongchuang.excel import reader, tasks
from gongchuang.matchmaker.models import Expert, Need
from gongchuang.people.imports import ImportRun
from gongchuang.results.models import Result

RESULTS = [
    ["成果名称", "成果类别", "主要完成人", "年经济效益（万元）", "备注"],
    ["快换定位工装", "技术革新", "张伟明（60%）、刘建军（40%）", 60, "甲"],
    ["锥销操作法", "先进操作法", "张伟明", "", ""],
    ["无主之作", "技术革新", "查无此人", 1, "乙"],
    ["合计", "", "", 61, ""],
]


def file_of(*rows, name="汇总表.xlsx"):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("表")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile(name, out.getvalue())


def uploaded(client, kind, file, **more):
    response = client.post(f"/org/import/{kind}/", {"file": file, **more})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def gone_through(client, address):
    client.post(f"{address}go/")
    assert "正在导入" in client.get(address).content.decode()
    tasks.bring_in_list.func(ImportRun.objects.latest("pk").ref)
    tasks.bring_in_list.func(ImportRun.objects.latest("pk").ref)
    return client.get(address).content.decode()


def counts(text):
    return [int(text.split(f'data-count="{name}">')[1].split("<")[0]) for name in ("new", "changed", "same", "wrong", "reminders")]


def test_results_from_file_to_undo(as_, officer, worker, worker2, tmp_path):
    page = as_(officer)
    assert 'href="/org/import/results/"' in page.get("/results/").content.decode()
    address = uploaded(page, "results", file_of(*RESULTS))
    text = page.get(address).content.decode()
    assert counts(text) == [2, 0, 0, 1, 2]
    assert "导入 2 行，1 行以后再修" in text
    assert "查无此人" in text
    assert not Result.objects.exists()
    text = gone_through(page, address)
    assert "已导入：新增 2，更新 0。" in text
    assert Result.objects.count() == 2
    assert page.get("/me/messages/").content.decode().count(f'href="{address}"') == 1
    again = page.get(uploaded(page, "results", file_of(*RESULTS))).content.decode()
    assert counts(again) == [0, 0, 2, 1, 0]
    assert "没有要写入的行" in again
    left = tmp_path / "left.xlsx"
    left.write_bytes(b"".join(page.get(f"{address}remaining.xlsx").streaming_content))
    (sheet,) = reader.read(left)
    assert sheet.rows[0] == [*RESULTS[0], "原因"]
    assert (sheet.rows[1][:3], "查无此人" in sheet.rows[1][5]) == (RESULTS[3][:3], True)
    mended = [row[:2] + ["刘建军"] + row[3:] if at else row for at, row in enumerate(sheet.rows)]
    assert counts(page.get(uploaded(page, "results", file_of(*mended))).content.decode())[:4] == [1, 0, 0, 0]
    page.post(f"{address}undo/")
    tasks.take_back_list.func(address.split("/")[-2])
    assert "已撤销" in page.get(address).content.decode()
    assert not Result.objects.counted().exists()


def test_needs_and_experts(as_, cast, city, factory):
    matchmaker = cast.person(city, "宋立新", "matchmaker")
    cast.unit(city, "external", "外部单位")
    page = as_(matchmaker)
    contact = ("王秀兰", "13800000001")
    rows = [
        ["企业名称", "需求名称", "拟解决难题", "技术指标", "联系人", "联系电话"],
        [factory.name, "法兰焊接变形", "平面度超差", "平面度：3.2 毫米 → 1.5 毫米", *contact],
        ["没有的厂", "甲", "乙", "平面度：3.2 毫米 → 1.5 毫米", *contact],
    ]
    address = uploaded(page, "needs", file_of(*rows))
    assert counts(page.get(address).content.decode())[:4] == [1, 0, 0, 1]
    assert "已导入：新增 1" in gone_through(page, address)
    assert Need.objects.get().title == "法兰焊接变形"
    address = uploaded(page, "experts", file_of(["姓名", "研究方向"], ["田工", "焊接"]))
    assert "已导入：新增 1" in gone_through(page, address)
    assert Expert.objects.get().person.name == "田工"
    page.post(f"{address}undo/")
    tasks.take_back_list.func(address.split("/")[-2])
    assert Expert.objects.get().left_on is not None


def test_marks_into_a_contests_open_sheets(as_, begun, chief, judges, worker):
    page, code = as_(chief), begun.entries.get(entrants__person=worker).code
    link = f"/org/import/scores/?contest={begun.no}"
    assert f'href="{link}"' in page.get(f"/contests/{begun.no}/").content.decode()
    rows = [["选手号", "评委", "评分项", "得分"], [code, "林晓峰", "装配间隙", 52], [code, "林晓峰", "理论", 99]]
    address = uploaded(page, "scores", file_of(*rows), contest=begun.no)
    text = page.get(address).content.decode()
    assert counts(text)[:4] == [1, 0, 0, 1]
    assert "不设撤销" in text
    text = gone_through(page, address)
    assert "已导入：新增 1" in text
    assert 'action="undo/"' not in text
    assert page.post(f"{address}undo/").status_code == 422
    assert [(mark.aspect, mark.thousandths) for mark in Mark.objects.all()] == [("fit", 52_000)]
    judge = as_(judges[0])
    assert judge.get(link).status_code == 200
    assert judge.get(address).status_code == 404  # the chief's upload holds other judges' marks
    assert as_(worker).get(link).status_code == 403


def test_a_bad_file_is_told_beside_the_field(as_, officer):
    page = as_(officer)
    for file, part in (
        (file_of(["甲", "乙"], [1, 2]), "表里没有这些列：成果名称、完成人。"),
        (SimpleUploadedFile("a.xlsx", b"MZ\x90\x00"), "程序"),
        (file_of(["成果名称", "完成人"]), "一行也没有"),
    ):
        response = page.post("/org/import/results/", {"file": file})
        text = response.content.decode()
        assert (response.status_code, part in text, 'role="alert"' in text) == (422, True, True), part
    assert page.post("/org/import/results/").status_code == 422


def test_the_template_reads_back_as_a_list_without_rows(as_, officer, tmp_path):
    page = as_(officer)
    content = b"".join(page.get("/org/import/results/template.xlsx").streaming_content)
    response = page.post("/org/import/results/", {"file": SimpleUploadedFile("t.xlsx", content)})
    assert "一行也没有" in response.content.decode()


def test_nobody_else_gets_in(as_, officer, certifier, leader, worker, worker2, factory):
    page = as_(officer)
    address = uploaded(page, "results", file_of(*RESULTS))
    assert Client().get("/org/import/results/")["Location"].startswith("/login/")
    assert Client().get(address)["Location"].startswith("/login/")
    for person in (leader, worker, certifier):
        other = as_(person)
        assert 'href="/org/import/results/"' not in other.get("/results/").content.decode()
        assert other.get(f"/org/import/results/?unit={factory.code}").status_code == 403
        assert other.get(address).status_code == 404
        for tail in ("go/", "undo/"):
            assert other.post(address + tail).status_code == 404
        assert other.get(f"{address}remaining.xlsx").status_code == 404
    assert page.get("/org/import/nothing/").status_code == 404
    assert page.get("/org/import/experts/").status_code == 403
    assert page.get("/org/import/scores/").status_code == 404
    assert ImportRun.objects.get().state == "staged"
    assert not Mark.objects.exists()


def test_the_pages_are_whole_in_english(as_, officer, worker, worker2):
    page = as_(officer)
    page.get("/?lang=en")
    for address in ("/org/import/results/", uploaded(page, "results", file_of(*RESULTS))):
        text = page.get(address).content.decode()
        assert "Bring in results" in text
        assert "导入成果" not in text
