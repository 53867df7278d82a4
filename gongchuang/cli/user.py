"""user: accounts, managed by the operator at the machine."""

import argparse
from datetime import date

from gongchuang.api import tokens
from gongchuang.cli.output import note, show
from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.people import accounts


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    user = commands.add_parser("user", help=str(Text("账号：开通、重置密码、停用、列出", "accounts: open, reset, close, list")))
    acts = user.add_subparsers(dest="act", required=True, metavar="ACT")
    add = acts.add_parser("add", help=str(Text("给在册人员开通账号", "open an account for a person on a roster")))
    add.add_argument("login")
    add.add_argument("--person", required=True, help=str(Text("姓名或工号", "name or work number")))
    add.add_argument("--unit", required=True, metavar="CODE")
    add.set_defaults(run=run_add)
    for name, run, told in (
        ("password", run_password, Text("换一个新密码", "make a new password")),
        ("close", run_close, Text("停用", "close the account")),
    ):
        act = acts.add_parser(name, help=str(told))
        act.add_argument("login")
        act.set_defaults(run=run)
    token = acts.add_parser("token", help=str(Text("新建接口令牌", "make a key to the API")))
    token.add_argument("login")
    token.add_argument("--name", required=True, help=str(Text("用途", "purpose")))
    token.add_argument("--write", action="store_true", help=str(Text("可写；不写只读", "may write; without it, only read")))
    token.add_argument("--until", metavar="YYYY-MM-DD", type=date.fromisoformat, help=str(Text("有效到", "valid until")))
    token.set_defaults(run=run_token)
    acts.add_parser("list", help=str(Text("列出", "list them"))).set_defaults(run=run_list)


def run_add(args: argparse.Namespace) -> int:
    person = accounts.person_named(args.person, args.unit)
    password = accounts.new_password()
    accounts.open_account(person, login=args.login, password=password, by=None, key=str(clock.new_uid()))
    return _show_password(args, args.login, password)


def run_password(args: argparse.Namespace) -> int:
    password = accounts.new_password()
    person = accounts.person_of(args.login)
    accounts.reset_password(person, password=password, by=None, key=str(clock.new_uid()))
    return _show_password(args, args.login, password)


def run_close(args: argparse.Namespace) -> int:
    accounts.close_account(accounts.person_of(args.login), by=None, key=str(clock.new_uid()))
    show(args, {"login": args.login, "active": False}, [f"{args.login} {Text('已停用', 'is closed')}"])
    return 0


def run_token(args: argparse.Namespace) -> int:
    secret = tokens.Secret()
    scope = "write" if args.write else "read"
    account = accounts.account_of(args.login)
    tokens.make_token(account, name=args.name, scope=scope, secret=secret, ends_on=args.until, by=None, key=str(clock.new_uid()))
    show(args, {"login": args.login, "name": args.name, "scope": scope, "token": secret.said}, [secret.said])
    note(Text("令牌只显示这一次。", "The key is shown only this once."))
    return 0


def run_list(args: argparse.Namespace) -> int:
    found = [
        {
            "login": one.username,
            "person": str(one.person or ""),
            "unit": one.person.unit.code if one.person else "",
            "active": one.is_active,
        }
        for one in accounts.all_accounts()
    ]
    show(args, found, [f"{one['login']:<20} {one['person']} {one['unit']}{'' if one['active'] else ' ✗'}" for one in found])
    return 0


def _show_password(args: argparse.Namespace, login: str, password: accounts.Password) -> int:
    show(args, {"login": login, "password": password.said}, [f"{login}  {password.said}"])
    note(Text("密码只显示这一次。", "The password is shown only this once."))
    return 0
