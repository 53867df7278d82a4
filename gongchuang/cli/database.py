"""init, migrate: a city's data folder and what stands in its database."""

import argparse
import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from gongchuang import keys
from gongchuang.cli.output import note, show
from gongchuang.kernel import clock, guards
from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text
from gongchuang.people import accounts


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = commands.add_parser("init", help=str(Text("建立一个新城市的数据目录", "set up the data folder of a new city")))
    init.add_argument("--city", metavar="NAME", help=str(Text("城市名称", "the city's name")))
    init.add_argument("--code", default="", help=str(Text("行政区划代码", "its division code")))
    init.add_argument("--admin", metavar="LOGIN", default="admin", help=str(Text("第一个账号", "the first account")))
    init.add_argument("--name", default="管理员", help=str(Text("管理员姓名", "the administrator's name")))
    init.set_defaults(run=run_init, needs_city=False)
    again = commands.add_parser("migrate", help=str(Text("升级数据库：表、守卫和视图", "bring tables, guards and views to this version")))
    again.set_defaults(run=run_migrate, needs_city=False)


def run_init(args: argparse.Namespace) -> int:
    make_city()
    made = {"data": str(settings.DATA)}
    lines = [f"{Text('数据目录', 'Data folder')}: {settings.DATA}"]
    if args.city:
        password = found_city(args)
        made |= {"login": args.admin, "password": password.said}
        lines.append(f"{Text('账号', 'Account')}: {args.admin}  {password.said}")
        note(Text("密码只显示这一次。下一步：gongchuang serve", "The password is shown only this once. Next: gongchuang serve"))
    show(args, made, lines)
    return 0


def found_city(args: argparse.Namespace) -> accounts.Password:
    password = accounts.new_password()
    accounts.begin_city(name=args.city, code=args.code, admin_name=args.name, login=args.admin, password=password, key=str(clock.new_uid()))
    return password


def run_migrate(args: argparse.Namespace) -> int:
    require_key()
    pending = len(_pending())
    migrate()
    show(args, {"applied": pending}, [str(Text("数据库已是本版本。", "The database fits this version."))])
    return 0


def make_city() -> None:
    """Make folder, key and database where they are missing; what exists is left as it is."""
    make_folder(settings.DATA)
    keys.make(settings.KEY_FILE)
    settings.MASTER_KEY = keys.read(settings.KEY_FILE)
    settings.SECRET_KEY = keys.for_django(settings.MASTER_KEY)
    migrate()


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder) from error
    if not os.access(folder, os.W_OK):
        raise _not_writable(folder)


def _not_writable(folder: Path) -> Refused:
    return Refused(
        Text(f"目录 {folder} 不能写入。", f"The folder {folder} cannot be written to."),
        cure=Text("换一个目录：--data 目录，或改这个目录的权限。", "Name another one with --data DIR, or change its permissions."),
    )


def migrate(verbosity: int = 0) -> None:
    """Bring the tables to this version and make guards and views anew; safe to repeat."""
    guards.install(verbosity)


def require_city() -> None:
    """Refuse plainly where there is no city, or one of another version."""
    require_key()
    if _pending():
        raise Refused(
            Text("数据库是旧版本的。", "The database belongs to an older version."),
            cure=Text("先备份，再运行：gongchuang migrate", "Make a backup, then run: gongchuang migrate"),
        )


def require_key() -> None:
    if not settings.MASTER_KEY:
        raise Refused(
            Text(f"目录 {settings.DATA} 里没有城市。", f"There is no city in the folder {settings.DATA}."),
            cure=Text("运行 gongchuang init，或用 --data 指出目录。", "Run gongchuang init, or name the folder with --data DIR."),
        )


def _pending() -> list[str]:
    """The migrations this version has and the database has not."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        raise Refused(
            Text(f"数据库打不开：{error}", f"The database cannot be opened: {error}"),
            cure=Text("检查 DATABASE_URL 和数据目录。", "Check DATABASE_URL and the data folder."),
        ) from error
    known = set(executor.loader.disk_migrations)
    own = {app for app, _ in known}
    newer = [name for app, name in executor.loader.applied_migrations if app in own and (app, name) not in known]
    replaced = {name for migration in executor.loader.disk_migrations.values() for _, name in migration.replaces}
    if set(newer) - replaced:
        raise Refused(
            Text("数据库是更新的版本写的。", "The database was written by a newer version."),
            cure=Text("请安装那个版本，或从备份恢复。", "Install that version, or restore a backup."),
        )
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration.name for migration, _ in plan]
