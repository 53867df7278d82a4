"""Files as they come: good ones in every form, hostile ones each with a plain message."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongchuang.excel import reader, safety
from gongchuang.kernel.errors import Refused

CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def workbook(path, rows=(("姓名", "工号"), ("张伟明", "F20001")), sheet="在岗"):
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return path


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def repacked(path, **changes):
    """A good workbook with some members replaced or added (slashes written as __)."""
    workbook(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.update({name.replace("__", "/").replace("_DOT_", "."): content for name, content in changes.items()})
    return zipped(path, members)


def refused(path):
    with pytest.raises(Refused) as caught:
        reader.read(path)
    assert caught.value.message.zh
    assert caught.value.message.en
    assert caught.value.cure.zh
    assert caught.value.cure.en
    return caught.value.message.zh


class TestGoodFiles:
    def test_a_workbook_by_content_whatever_its_name(self, tmp_path):
        path = workbook(tmp_path / "花名册.xlsx").rename(tmp_path / "花名册.dat")
        (sheet,) = reader.read(path)
        assert (sheet.name, sheet.rows) == ("在岗", [["姓名", "工号"], ["张伟明", "F20001"]])

    def test_numbers_and_dates_keep_their_kind(self, tmp_path):
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        page = book.add_worksheet()
        page.write_number(2, 1, 3.70602199001011e17)
        page.write_datetime(2, 2, date(2024, 6, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_formula(2, 3, "=1+1", None, 2)
        book.close()
        (sheet,) = reader.read(tmp_path / "a.xlsx")
        assert sheet.rows[2][:1] + sheet.rows[2][1:] == ["", 3.70602199001011e17, date(2024, 6, 5), 2.0]
        assert sheet.rows[0] == []

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_a_text_file_in_each_encoding_and_separator(self, tmp_path, encoding, mark):
        path = tmp_path / "名单.csv"
        path.write_bytes(f"姓名{mark}班组\r\n张伟明{mark}叶轮装配班\r\n".encode(encoding))
        (sheet,) = reader.read(path)
        assert sheet.rows == [["姓名", "班组"], ["张伟明", "叶轮装配班"]]

    def test_rare_letters_outside_gbk_survive(self, tmp_path):
        path = tmp_path / "a.csv"
        path.write_bytes("姓名\n张㛃\n王𬱖\n".encode("gb18030"))
        assert reader.read(path)[0].rows[1:] == [["张㛃"], ["王𬱖"]]

    def test_hidden_sheets_are_told_apart(self, tmp_path):
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        book.add_worksheet("一").write(0, 0, "x")
        book.add_worksheet("二").hide()
        book.close()
        assert [sheet.hidden for sheet in reader.read(tmp_path / "a.xlsx")] == [False, True]


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("content", "part"),
        [
            (b"", "空"),
            (b"   \r\n  \r\n", "空"),
            (b",,,\r\n,,,\r\n", "空"),
            (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(512), "程序"),
            (b"\x7fELF\x02\x01\x01" + bytes(64), "程序"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
            (b"Rar!\x1a\x07\x00", "压缩包"),
            (b"<html><table><tr><td>x</td></tr></table></html>", "网页"),
            (b"<?xml version='1.0'?><Workbook/>", "网页"),
            (b"\x00\x01\x02\x03" * 200, "不是表格"),
            (b"\xff\xff\xff\xfe\x81\x00", "编码"),
            (b"PK\x03\x04 broken", "损坏"),
            (b"PK\x05\x06" + bytes(18), "压缩包"),
        ],
    )
    def test_what_is_no_sheet_is_said_plainly(self, tmp_path, content, part):
        path = tmp_path / "花名册.xlsx"
        path.write_bytes(content)
        assert part in refused(path)

    def test_too_large_a_file_is_not_opened(self, tmp_path):
        path = tmp_path / "a.csv"
        with path.open("wb") as file:
            file.truncate(safety.MAX_FILE + 1)
        assert "20 MB" in refused(path)

    def test_a_bomb_is_counted_not_believed(self, tmp_path):
        path = repacked(tmp_path / "a.xlsx", xl__worksheets__sheet1_DOT_xml=b" " * (60 * 2**20))
        assert path.stat().st_size < 200_000
        assert "大得不正常" in refused(path)

    def test_a_bomb_that_lies_about_its_size_is_found_out(self, tmp_path):
        path = repacked(tmp_path / "a.xlsx", xl__worksheets__sheet1_DOT_xml=b" " * (40 * 2**20))
        content = path.read_bytes().replace(struct.pack("<L", 40 * 2**20), struct.pack("<L", 900))
        path.write_bytes(content)
        assert refused(path)

    def test_a_zip_in_a_zip_is_an_archive(self, tmp_path):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("a.txt", "x")
        assert "压缩包" in refused(zipped(tmp_path / "a.xlsx", {"inner.zip": inner.getvalue()}))

    def test_too_many_members(self, tmp_path):
        extra = {f"xl/media/{n}.xml": "<a/>" for n in range(1_001)}
        path = zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>", **extra})
        assert "1,000" in refused(path)

    @pytest.mark.parametrize("declaration", ["<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!doctype x SYSTEM 'http://127.0.0.1/x'>"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_document_type_definition_is_refused(self, tmp_path, declaration, encoding):
        content = (" " * 300_000 + declaration + "<worksheet/>").encode(encoding)
        assert "外部定义" in refused(repacked(tmp_path / "a.xlsx", xl__worksheets__sheet1_DOT_xml=content))

    def test_macros_are_refused(self, tmp_path):
        assert "宏" in refused(repacked(tmp_path / "a.xlsx", xl__vbaProject_DOT_bin=b"\x00"))

    def test_a_locked_workbook_says_so(self, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(safety.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
        assert "密码" in refused(path)

    def test_other_kinds_of_book_say_what_to_do(self, tmp_path):
        assert "读不了" in refused(zipped(tmp_path / "a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
        assert "文字文档" in refused(zipped(tmp_path / "a.docx", {"word/document.xml": "<w/>"}))

    def test_cells_at_the_far_corner_do_not_eat_the_memory(self, tmp_path):
        book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
        page = book.add_worksheet()
        page.write(0, 0, "姓名")
        page.write(1_048_575, 16_383, "x")
        book.close()
        assert refused(tmp_path / "a.xlsx")

    def test_broken_insides_are_damage_not_a_crash(self, tmp_path):
        assert "损坏" in refused(repacked(tmp_path / "a.xlsx", xl__workbook_DOT_xml=b"<workbook><sheets><sheet"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 5_000), st.integers(0, 255))
def test_no_bytes_break_the_check(tmp_path: Path, noise: bytes, place: int, value: int):
    """The file check alone, on noise and on a workbook with one byte changed: a kind or Unsafe, nothing else."""
    good = tmp_path / "good.xlsx"
    if not good.exists():
        workbook(good)
    content = bytearray(good.read_bytes())
    content[place % len(content)] = value
    for hostile in (noise, b"PK\x03\x04" + noise, safety.OLE + noise, bytes(content)):
        path = tmp_path / "hostile"
        path.write_bytes(hostile)
        try:
            if safety.kind_of(path) == "csv":
                safety.read_csv(path)
        except safety.Unsafe as unsafe:
            assert unsafe.code in reader.WORDS


def test_the_child_has_no_environment_and_no_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/secret")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "x.py"))
    assert reader.read(workbook(tmp_path / "a.xlsx"))


FILES = Path(__file__).parent / "files"  # made with xlwt and msoffcrypto-tool


def test_a_workbook_of_the_old_binary_kind():
    (sheet,) = reader.read(FILES / "roster.xls")
    assert sheet.rows[2] == ["张伟明", "F1", "11010519491231002X", date(2024, 6, 5)]
    assert sheet.rows[3][2] == 3.70602199001011e17


def test_a_workbook_that_excel_has_encrypted():
    assert "密码" in refused(FILES / "locked.xlsx")


def test_an_old_workbook_cut_short_is_damage(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes((FILES / "roster.xls").read_bytes()[:3_000])
    assert refused(path)
