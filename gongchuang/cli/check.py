"""check: the health of an installation, with a cure for each fault."""

import argparse
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connection

from gongchuang import sqlite
from gongchuang.cli.database import require_city, require_key
from gongchuang.cli.output import show
from gongchuang.kernel import guards
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

LEAST_FREE_SHARE = 0.10
_TLS = Text("放在 TLS 代理后面，设 GONGCHUANG_TLS=1", "put a TLS proxy in front and set GONGCHUANG_TLS=1")
CURES = {
    **dict.fromkeys(["security.W004", "security.W008", "security.W011", "security.W012", "security.W016"], _TLS),
    "security.W018": Text("去掉 GONGCHUANG_DEBUG", "unset GONGCHUANG_DEBUG"),
    "security.W020": Text("在 GONGCHUANG_HOSTS 里写上主机名", "name its hosts in GONGCHUANG_HOSTS"),
}
"""What Django's checks find, and the setting of ours that mends it."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at; a fault says how to mend it."""

    name: str
    is_sound: bool
    says: str
    cure: str = ""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = commands.add_parser("check", help=str(Text("检查这套系统是否健康", "look at the health of this installation")))
    check.add_argument("--deploy", action="store_true", help=str(Text("也检查能否对外服务", "also what the open network needs")))
    check.set_defaults(run=run_check, needs_city=False)


def run_check(args: argparse.Namespace) -> int:
    found = list(findings(deploy=args.deploy))
    lines = [f"{'✓' if f.is_sound else '✗'} {f.name}: {f.says}" + (f" → {f.cure}" if f.cure else "") for f in found]
    show(args, [asdict(finding) for finding in found], lines)
    return 0 if all(finding.is_sound for finding in found) else 1


def findings(*, deploy: bool = False) -> Iterator[Finding]:
    yield from folder()
    if not settings.MASTER_KEY:
        return  # without a city there is nothing more to look at
    yield engine()
    yield refusal("database", require_city, Text("表与本版本相符", "tables fit this version"))
    yield refusal("guards", _require_guards, Text("守卫与视图齐全", "guards and views are all there"))
    yield from framework(deploy=deploy)


def folder() -> Iterator[Finding]:
    """Data folder, key file and free space."""
    data: Path = settings.DATA
    is_writable = os.access(data, os.W_OK)
    yield Finding("folder", is_writable, str(data), "" if is_writable else str(Text("目录须可写入", "make it writable")))
    yield refusal("key", require_key, Text("主密钥在", "the master key is there"))
    if settings.KEY_FILE.is_file():
        mode = stat.S_IMODE(settings.KEY_FILE.stat().st_mode)
        cure = "" if mode & 0o077 == 0 else f"chmod 600 {settings.KEY_FILE}"
        yield Finding("key mode", not cure, oct(mode), cure)
    if data.is_dir():
        usage = shutil.disk_usage(data)
        is_roomy = usage.free >= LEAST_FREE_SHARE * usage.total
        yield Finding(
            "disk",
            is_roomy,
            f"{usage.free / usage.total:.0%} {Text('空闲', 'free')}",
            "" if is_roomy else str(Text("腾出空间", "make room")),
        )


def engine() -> Finding:
    """Which database and which durability profile runs (docs/operate.md)."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return Finding("engine", True, f"PostgreSQL {cursor.fetchone()[0]}")
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0].upper()
        synchronous = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}[cursor.execute("PRAGMA synchronous").fetchone()[0]]
    version = ".".join(map(str, sqlite.version()))
    is_sound = (journal != "WAL" or sqlite.is_sound()) and synchronous in ("FULL", "EXTRA")
    cure = "" if is_sound else "pip install 'pysqlite3>=0.6.1'"
    return Finding("engine", is_sound, f"SQLite {version}, journal {journal}, synchronous {synchronous}", cure)


def refusal(name: str, ask: Callable[[], None], fine: Text) -> Finding:
    """A finding out of a function that refuses."""
    try:
        ask()
    except Refused as refused:
        return Finding(name, False, str(refused.message), str(refused.cure))
    return Finding(name, True, str(fine))


def _require_guards() -> None:
    missing = sorted(guards.missing())
    if missing:
        raise Refused(
            Text(f"缺少 {'、'.join(missing)}", f"missing: {', '.join(missing)}"),
            cure=Text("运行 gongchuang migrate", "run gongchuang migrate"),
        )


def framework(*, deploy: bool) -> Iterator[Finding]:
    """What Django's own checks find."""
    for message in checks.run_checks(include_deployment_checks=deploy):
        if not message.is_silenced() and message.level >= checks.WARNING:
            cure = str(CURES.get(message.id or "", message.hint or ""))
            yield Finding(message.id or "django", message.level < checks.ERROR and not deploy, message.msg, cure)
