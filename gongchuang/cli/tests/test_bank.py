"""bank settle and bank statement at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongchuang.bank.models import Account, Settlement
from gongchuang.bank.tests.conftest import credit, points_policy  # noqa: F401
from gongchuang.cli import bank as commands
from gongchuang.cli.main import _parser
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Person, Unit


@pytest.fixture
def saved(credit: Any, worker: Person, worker2: Person) -> Account:  # noqa: F811
    with clock.frozen("2025-06-12T09:00"):
        credit(worker2, 48)
        return credit(worker, 72)  # type: ignore[no-any-return]


def run(capsys: Any, *words: str) -> Any:
    args = _parser().parse_args(words)
    assert args.run(args) == 0
    said = capsys.readouterr().out
    return json.loads(said) if "--json" in words else said


def test_a_dry_run_writes_nothing(saved: Account, factory: Unit, capsys: Any) -> None:
    data = run(capsys, "bank", "settle", "--org", "HYFJ", "--period", "2025", "--dry-run", "--json")
    assert (data["points"], data["amount_fen"], data["persons"], data["state"]) == (120, 600_00, 2, "preview")
    assert not Settlement.objects.exists()


def test_twice_is_one_list_and_pays_nobody(saved: Account, capsys: Any) -> None:
    first = run(capsys, "bank", "settle", "--org", "HYFJ", "--period", "2025", "--json")
    again = run(capsys, "bank", "settle", "--org", "海岳风机", "--period", "2025", "--json")
    assert first == again
    assert (Settlement.objects.get().state, first["no"]) == ("preview", Settlement.objects.get().no)
    saved.refresh_from_db()
    assert saved.balance == 72


def test_a_passbook_as_data_and_paper(saved: Account, worker: Person, capsys: Any, tmp_path: Path) -> None:
    out = tmp_path / "book.pdf"
    data = run(capsys, "bank", "statement", "A001", "--period", "2025", "--pdf", str(out), "--json")
    [account] = data["accounts"]
    assert (account["opening"], account["closing"], account["entries"][0]["amount"]) == (0, 72, 72)
    assert data["person"] == str(worker.uid)
    assert out.read_bytes().startswith(b"%PDF-")
    assert "+72" in run(capsys, "bank", "statement", "张伟明", "--period", "2025")


@pytest.mark.parametrize(
    "words",
    [
        ["bank", "settle", "--org", "没有", "--period", "2025"],
        ["bank", "settle", "--org", "HYFJ", "--period", "去年"],
        ["bank", "settle", "--org", "HYFJ", "--period", "2019"],
        ["bank", "statement", "没有"],
    ],
)
def test_refusals_are_sentences(words: list[str], saved: Account) -> None:
    args = _parser().parse_args(words)
    with pytest.raises(Refused):
        args.run(args)
    assert not Settlement.objects.exists()


def test_two_of_one_name_are_told_apart(saved: Account, cast: Any, team: Unit) -> None:
    other = cast.person(team, "张伟明", work_no="A009")
    with pytest.raises(Refused, match=str(other.uid)):
        commands.passbook.person_called("张伟明")
    assert commands.passbook.person_called(str(other.uid)) == other
