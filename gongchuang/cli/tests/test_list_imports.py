"""import results | needs | scores: preview, import, the same again, undo; words, exit codes and JSON."""

import json

import pytest

from gongchuang.cli.main import main
from gongchuang.contests.models import Mark
from gongchuang.contests.tests.conftest import begun, chief, judges, make, opened, rival  # noqa: F401 (its contest)
from gongchuang.matchmaker.models import Need
from gongchuang.results.models import Result

ERROR = {"sheet", "row", "column", "found", "expected", "cure", "group"}


@pytest.fixture
def say(capsys):
    def say(*words):
        try:
            code = main(["import", *words])
        except SystemExit as left:
            code = left.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return say


def csv_of(path, *rows):
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return str(path)


def counts(text):
    said = json.loads(text)
    assert said["new"] + said["changed"] + said["same"] + said["wrong"] == said["rows"]
    assert all(set(error) == ERROR for error in said["errors"])
    return tuple(said[name] for name in ("new", "changed", "same", "wrong"))


def test_results(say, tmp_path, officer, worker, worker2, factory):
    file = csv_of(
        tmp_path / "a.csv",
        ("成果名称", "完成人", "年效益（万元）"),
        ("快换定位工装", "张伟明", 60),
        ("锥销", "刘建军", ""),
        ("无主", "查无此人", 1),
    )
    words = ("results", file, "--org", "HYFJ", "--by", officer.name, "--json")
    code, out, _ = say(*words, "--dry-run")
    assert (code, counts(out), Result.objects.count()) == (0, (2, 0, 0, 1), 0)
    code, out, _ = say(*words)
    assert (code, counts(out), Result.objects.count()) == (0, (2, 0, 0, 1), 2)
    identity = json.loads(out)["id"]
    code, out, _ = say(*words)
    assert (code, counts(out), "id" in json.loads(out)) == (0, (0, 0, 2, 1), False)
    code, out, _ = say("results", "--org", "HYFJ", "--by", officer.name, "--undo", identity)
    assert (code, out.strip(), Result.objects.counted().count()) == (0, "已撤销。", 0)
    code, out, err = say("results", file, "--org", "HYFJ", "--by", worker.name)
    assert (code, out) == (1, "")
    assert "干事" in err


def test_needs_in_english(say, tmp_path, cast, city, factory):
    cast.person(city, "宋立新", "matchmaker")
    file = csv_of(tmp_path / "a.csv", ("企业名称", "需求名称", "拟解决难题"), ("没有的厂", "甲", "乙"))
    code, out, _ = say("needs", file, "--by", "宋立新", "--lang", "en")
    assert code == 1
    assert "new 0  changed 0  same 0  wrong 1" in out
    assert "row 2  企业名称  没有的厂" in out
    assert not Need.objects.exists()


def test_scores(say, tmp_path, begun, chief, worker):  # noqa: F811
    code_of = begun.entries.get(entrants__person=worker).code
    file = csv_of(
        tmp_path / "a.csv",
        ("选手号", "评委", "装配间隙", "理论"),
        (code_of, "林晓峰", 52, 33),
        (code_of, "何玉兰", 48, ""),
        (9, "何玉兰", 1, 1),
    )
    words = ("scores", file, "--contest", begun.no, "--by", chief.name)
    code, out, _ = say(*words, "--dry-run", "--json")
    assert (code, counts(out), Mark.objects.count()) == (0, (2, 0, 0, 1), 0)
    code, out, _ = say(*words)
    assert code == 0
    assert "锁定后由裁判长办理重评" in out
    assert sum(Mark.objects.values_list("thousandths", flat=True)) == 133_000  # 52 + 33 + 48
    assert counts(say(*words, "--json")[1]) == (0, 0, 2, 1)
    assert say("scores", file, "--contest", "JS-2000-00001", "--by", chief.name)[0] == 1
    assert say("scores", file, "--contest", begun.no, "--by", worker.name)[0] == 1
    assert say("scores", file, "--by", chief.name)[0] == 2
