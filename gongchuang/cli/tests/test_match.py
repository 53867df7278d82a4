"""match: the engine on any two collections, without a city."""

from __future__ import annotations

import json

import pytest

from gongchuang.cli.main import main

NEEDS = [
    {"id": "n1", "title": "球铁曲轴圆角滚压后微裂纹怎么减少", "text": "想用感应加热预热，缺残余应力数据"},
    {"id": "n2", "title": "幼儿园午睡床收纳"},
]
CANDIDATES = [
    {"id": "o1", "title": "主轴圆角滚压前中频预热", "text": "42CrMo 主轴"},
    {"id": "e1", "title": "热处理", "items": ["滚压预热对残余应力的影响", {"title": "轮胎硫化"}]},
    {"id": "o2", "title": "海参保鲜"},
]


@pytest.fixture
def files(tmp_path):
    def write(name, rows):
        file = tmp_path / name
        file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
        return str(file)

    return write("needs.jsonl", NEEDS), write("candidates.jsonl", CANDIDATES), tmp_path


def test_ranked_with_reasons_that_add_up(files, capsys):
    needs, candidates, _ = files
    assert main(["match", needs, "--against", candidates, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    first, second = answer["needs"]
    assert [one["id"] for one in first["candidates"]] == ["o1", "e1"]
    for candidate in first["candidates"]:
        assert sum(reason["points"] for reason in candidate["reasons"]) == pytest.approx(candidate["score"], abs=1e-5)
    assert second["candidates"] == []


def test_a_need_nobody_answers_is_said_so(files, capsys):
    needs, candidates, _ = files
    assert main(["match", needs, "--against", candidates]) == 0
    assert "没有合适的候选" in capsys.readouterr().out


def test_the_run_file_holds_every_candidate_of_every_need(files):
    needs, candidates, folder = files
    assert main(["match", needs, "--against", candidates, "--run", str(folder / "run")]) == 0
    lines = [line.split() for line in (folder / "run").read_text(encoding="utf-8").splitlines()]
    assert [(line[0], line[3]) for line in lines] == [(need, str(rank)) for need in ("n1", "n2") for rank in (1, 2, 3)]
    assert all(line[1] == "Q0" and line[5] == "gongchuang" for line in lines)
    scores = [float(line[4]) for line in lines if line[0] == "n1"]
    assert scores == sorted(scores, reverse=True)


def test_k_limits_the_run(files):
    needs, candidates, folder = files
    assert main(["match", needs, "--against", candidates, "--run", str(folder / "run"), "-k", "1"]) == 0
    assert len((folder / "run").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{bad", "不是 JSON"),
        (b'{"title": "x"}', "缺 id"),
        (b'{"id": "a", "title": 3}', "title 应为文字"),
        (b'{"id": "a", "items": "x"}', "items 应为列表"),
        (b'{"id": "a"}\n{"id": "a"}', "第 2 行：id a 重复"),
        ("{\"id\": \"中\"}".encode("gbk"), "不是 UTF-8"),
        (b"", "是空的"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(files, capsys, content, word):
    needs, _, folder = files
    wrong = folder / "wrong.jsonl"
    wrong.write_bytes(content)
    assert main(["match", needs, "--against", str(wrong)]) == 1
    assert word in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(files, capsys):
    assert main(["match", "nowhere.jsonl", "--against", files[1]]) == 1
    assert "没有文件" in capsys.readouterr().err
