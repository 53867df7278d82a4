"""import people: its options, its words and its exit codes."""

import json

import pytest

from gongchuang.cli.main import main
from gongchuang.people.models import Person
from tests import rosters as samples


@pytest.fixture
def say(cast, factory, capsys, monkeypatch):
    """say("FILE", "--org", …) -> (exit code, standard output, standard error)."""
    for name in samples.TEAMS:
        cast.unit(factory, "team", name)

    def say(*words):
        try:
            code = main(["import", "people", *words])
        except SystemExit as left:
            code = left.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return say


def counts(text):
    said = json.loads(text)
    return tuple(said[name] for name in ("new", "changed", "same", "wrong", "reminders", "rows"))


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_a_text_file_reads_like_the_workbook(say, tmp_path, encoding):
    path = samples.write_csv(tmp_path / "名单.csv", samples.roster(200), encoding=encoding)
    code, out, _ = say(str(path), "--org", "HYFJ", "--dry-run", "--json")
    assert (code, counts(out)) == (0, (163, 0, 0, 37, 0, 200))
    assert not Person.objects.filter(work_no__startswith="F2").exists()


def test_a_mapping_by_hand_goes_before_the_headings(say, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("甲,乙,丙\n张伟明,F1,叶轮装配班\n", encoding="utf-8")
    words = (str(path), "--org", "HYFJ", "--dry-run", "--json", "--mapping")
    assert counts(say(*words, "甲=name,乙=工号,C=team")[1]) == (1, 0, 0, 0, 0, 1)
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps({"甲": "姓名", "乙": "work_no", "丙": "班组"}), encoding="utf-8")
    assert counts(say(*words, str(mapping))[1]) == (1, 0, 0, 0, 0, 1)
    for bad in ("丁=name", "甲=无此项", "甲=name,乙=name", "x", "{", "甲=name"):
        code, out, err = say(*words, bad)
        assert (code, out) == (1, ""), bad
        assert err.strip(), bad


def test_refusals_are_plain_and_codes_are_kept(say, tmp_path):
    good = samples.write_csv(tmp_path / "a.csv", samples.roster(50))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("姓名,工号,手机号\n张伟明,F1,123\n", encoding="utf-8")
    program = tmp_path / "花名册.xlsx"
    program.write_bytes(b"MZ\x90\x00" + bytes(100))
    for words, code, part in (
        ((str(program), "--org", "HYFJ"), 1, "程序"),
        ((str(tmp_path / "none.xlsx"), "--org", "HYFJ"), 1, "找不到"),
        ((str(good), "--org", "无此单位"), 1, "无此单位"),
        ((str(good), "--org", "379900"), 1, "不是企业"),
        ((str(good),), 2, "--org"),
    ):
        said = say(*words)
        assert said[0] == code, words
        assert part in said[2]
    code, out, _ = say(str(wrong), "--org", "HYFJ", "--json")
    assert code == 1
    assert json.loads(out)["errors"][0]["group"] == "phone_length"


def test_the_words_come_in_both_languages(say, tmp_path):
    path = samples.write_csv(tmp_path / "a.csv", samples.roster(50))
    _, chinese, _ = say(str(path), "--org", "海岳风机", "--dry-run")
    assert "新增 13  更新 0  不变 0  有错 37  提醒 0" in chinese
    assert "部门“叶轮车间”没有" in chinese
    _, english, _ = say(str(path), "--org", "海岳风机", "--dry-run", "--lang", "en")
    assert "new 13  changed 0  same 0  wrong 37  reminders 0" in english
    assert "nothing was written" in english
