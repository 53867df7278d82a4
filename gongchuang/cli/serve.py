"""serve, demo: the web server with the task worker inside, on a real city or on the demo city."""

import argparse
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gongchuang import __version__
from gongchuang.cli.database import make_city, make_folder, require_city
from gongchuang.cli.demo import city
from gongchuang.cli.output import note, show
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

DEFAULT_PORT = 8000
WEB_THREADS = 8


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help=str(Text("启动网站和后台任务", "serve the site and run its tasks")))
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=DEFAULT_PORT)
    serve.set_defaults(run=run_serve)
    demo = commands.add_parser("demo", help=str(Text("做一个演示城市并启动", "make the demo city and serve it")))
    demo.add_argument("--scale", type=float, default=city.SMALL, help=str(Text("1 = 威海那么大", "1 = a city of Weihai's size")))
    demo.add_argument("--host", default="127.0.0.1")
    demo.add_argument("--port", type=int, default=DEFAULT_PORT)
    demo.add_argument("--no-serve", action="store_true")
    demo.set_defaults(run=run_demo, needs_city=False)


def run_serve(args: argparse.Namespace) -> int:
    serve(args.host, args.port)
    return 0


def serve(host: str, port: int) -> None:
    require_free(host, port)
    collect_static()
    note(Text(f"打开 http://{host}:{port}/ （Ctrl+C 停止）", f"Open http://{host}:{port}/ (Ctrl+C stops)"))
    # One process: on SQLite its threads and the task worker share the write ticket; PostgreSQL needs no second for a city.
    Granian(
        "gongchuang.cli.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=WEB_THREADS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
    ).serve()


def require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                Text(f"端口 {port} 已被占用。", f"Port {port} is in use."),
                cure=Text(f"换一个：--port {port + 1}", f"Take another one: --port {port + 1}"),
            ) from error


def collect_static() -> None:
    """Copy static files under hashed names, when they have changed since the last time."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    newest = max((file.stat().st_mtime_ns for folder in folders for file in folder.rglob("*")), default=0)
    state = f"{newest} {__version__} {django.__version__}"
    stamp = settings.DATA / "static.stamp"
    if stamp.is_file() and stamp.read_text() == state:
        return
    # In a process of its own: compressing takes 200 MB, which the server would otherwise keep. Nothing shows redoc.
    words = ["-m", "django", "collectstatic", "--no-input", "--clear", "--verbosity=0", "--ignore=redoc*"]
    subprocess.run([sys.executable, *words], check=True)
    stamp.write_text(state)


def run_demo(args: argparse.Namespace) -> int:
    """The demo city stands in the data folder like any other; a folder with another city in it is left alone."""
    if not args.no_serve:
        require_free(args.host, args.port)
    marker = settings.DATA / "demo.json"
    made = json.loads(marker.read_text()) if marker.is_file() else None
    if made is None and settings.KEY_FILE.is_file():
        raise Refused(
            Text(f"目录 {settings.DATA} 里已有一个城市。", f"There is a city in the folder {settings.DATA} already."),
            cure=Text("给演示城市另一个目录：--data 目录", "Give the demo city another folder: --data DIR"),
        )
    if made and made["whole"] and made["scale"] != args.scale:
        raise Refused(
            Text(f"{settings.DATA} 里的演示城市规模是 {made['scale']}。", f"The demo city in {settings.DATA} has scale {made['scale']}."),
            cure=Text("用那个规模，或换一个目录：--data 目录", "Use that scale, or another folder: --data DIR"),
        )
    is_new = made is None or not made["whole"]
    if is_new:
        _start_over(made is not None)
        make_folder(settings.DATA)
        marker.write_text(json.dumps({"scale": args.scale, "whole": False}))
        make_city()
        with not_waiting_for_the_disk():
            city.build(scale=args.scale, tell=note)
        marker.write_text(json.dumps({"scale": args.scale, "whole": True}))
    require_city()
    accounts = city.accounts_of_demo()
    show(args, {"data": str(settings.DATA), "accounts": accounts}, account_lines(accounts))
    if args.no_serve:
        return 0
    if is_new and os.name == "posix":
        # The server begins in a fresh process: what making a city takes in memory is not carried along.
        words = ["serve", "--host", args.host, "--port", str(args.port), "--data", str(settings.DATA), "--lang", args.lang]
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "gongchuang", *words])
    serve(args.host, args.port)
    return 0


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """Commits are not pushed to the disk one by one: a city whose making is broken off is made again from nothing."""
    quick, safe = ("PRAGMA synchronous=OFF", "PRAGMA synchronous=FULL")
    if connection.vendor == "postgresql":
        quick, safe = ("SET synchronous_commit TO off", "SET synchronous_commit TO on")
    with connection.cursor() as cursor:
        cursor.execute(quick)
    yield
    with connection.cursor() as cursor:
        cursor.execute(safe)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # now everything is on the disk


def _start_over(is_begun: bool) -> None:
    """A demo city whose making was broken off is made again from nothing."""
    if not is_begun:
        return
    if connection.vendor != "sqlite":
        raise Refused(
            Text("演示城市没有做完。", "The demo city was left unfinished."),
            cure=Text("清空数据库后再运行一次。", "Empty the database and run this again."),
        )
    connection.close()
    for file in [*settings.DATA.glob("gongchuang.sqlite3*"), settings.ANCHORS]:
        file.unlink(missing_ok=True)


def account_lines(accounts: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """The demo accounts as a person reads them; each is {"login", "password", "who"}."""
    yield str(Text("演示账号：", "Demo accounts:"))
    for account in accounts:
        yield f"  {account['login']:<14} {account['password']:<14} {account['who']}"
