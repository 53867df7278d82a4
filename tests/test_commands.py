"""The command as a shell sees it: exit codes, plain refusals, data on standard output."""

import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.skipif(settings.DATABASES["default"]["ENGINE"] != "gongchuang.sqlite", reason="a city in a folder")


def call(data: Path, *words: str, **settings_of_a_city: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGCHUANG", "DJANGO", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "gongchuang", "--data", str(data), *words],
        env=environment | settings_of_a_city,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """A real city, set up as an operator does."""
    data = tmp_path_factory.mktemp("city") / "data"
    made = call(data, "init", "--city", "海岳市", "--code", "379900", "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["login"] == "admin"
    return data


def test_init_makes_a_key_that_only_its_owner_reads(city):
    mode = stat.S_IMODE((city / "secret" / "master.key").stat().st_mode)
    assert mode == 0o600


def test_init_leaves_a_city_as_it_is(city):
    key = (city / "secret" / "master.key").read_text()
    assert call(city, "init").returncode == 0
    assert (city / "secret" / "master.key").read_text() == key
    again = call(city, "--lang", "en", "init", "--city", "海岳市", "--code", "379900", "--admin", "second")
    assert again.returncode == 1
    assert "already" in again.stderr


def test_a_fresh_city_is_sound_and_verifies(city):
    checked = call(city, "check", "--json")
    assert checked.returncode == 0, checked.stdout
    assert {finding["name"] for finding in json.loads(checked.stdout)} >= {"key", "engine", "database", "guards"}
    verified = call(city, "verify", "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["holds"] is True


def test_check_for_the_open_network_asks_for_tls_and_nothing_besides(city):
    faults = [finding for finding in json.loads(call(city, "check", "--deploy", "--json").stdout) if not finding["is_sound"]]
    assert {fault["name"] for fault in faults} == {"security.W004", "security.W008", "security.W011", "security.W016"}
    assert all("GONGCHUANG_TLS=1" in fault["cure"] for fault in faults)
    behind_tls = {"GONGCHUANG_TLS": "1", "GONGCHUANG_HOSTS": "gc.example.cn", "GONGCHUANG_ORIGINS": "https://gc.example.cn"}
    checked = call(city, "check", "--deploy", **behind_tls)
    assert checked.returncode == 0, checked.stdout


def test_check_names_a_key_that_others_may_read(city):
    key = city / "secret" / "master.key"
    key.chmod(0o644)
    checked = call(city, "check")
    key.chmod(0o600)
    assert checked.returncode == 1
    assert "chmod 600" in checked.stdout


def test_accounts_by_command(city):
    assert call(city, "user", "add", "again", "--person", "管理员", "--unit", "379900").returncode == 1  # has one
    assert call(city, "user", "add", "x", "--person", "无此人", "--unit", "379900").returncode == 1
    assert len(json.loads(call(city, "user", "password", "admin", "--json").stdout)["password"]) == 14
    assert [one["login"] for one in json.loads(call(city, "user", "list", "--json").stdout)] == ["admin"]


def test_a_folder_without_a_city_is_refused_with_the_cure(tmp_path):
    refused = call(tmp_path, "--lang", "en", "verify")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "gongchuang init" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_wrong_use_is_two(tmp_path):
    assert call(tmp_path, "nonsense").returncode == 2
    assert call(tmp_path).returncode == 2
    assert call(tmp_path, "serve", "--port", "many").returncode == 2


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    refused = call(tmp_path / "file" / "data", "--lang", "en", "init")
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr
    assert "--data" in refused.stderr


def test_a_port_in_use_is_one_sentence(city):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = call(city, "--lang", "en", "serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.strip() == f"Port {port} is in use. Take another one: --port {port + 1}"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM django_migrations WHERE app = 'kernel'", "older version"),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_from_the_future', '2030-01-01')", "newer version"),
    ],
)
def test_a_database_of_another_version_is_refused(city, tmp_path, statement, says):
    import sqlite3

    copy = tmp_path / "data"
    subprocess.run(["cp", "-r", str(city), str(copy)], check=True)
    with sqlite3.connect(copy / "gongchuang.sqlite3") as database:
        database.execute(statement)
    database.close()
    refused = call(copy, "--lang", "en", "verify")
    assert refused.returncode == 1
    assert says in refused.stderr


def test_help_speaks_the_chosen_language(tmp_path):
    assert "检查" in call(tmp_path, "--help").stdout
    assert "health" in call(tmp_path, "--lang", "en", "--help").stdout


def test_check_without_a_city_says_so(tmp_path):
    checked = call(tmp_path / "none", "--lang", "en", "check")
    assert checked.returncode == 1
    assert "gongchuang init" in checked.stdout
    assert "Traceback" not in checked.stderr
