"""The `gongchuang` command. Exit codes: 0 done, 1 refused by the data, 2 wrong use."""

import argparse
import os
import sys
from importlib import import_module
from importlib.util import find_spec

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.utils import translation

# One file for each group of commands, with register(commands); a group whose part is not built yet is left out.
GROUPS = [
    "serve",
    "database",
    "check",
    "user",
    "imports",
    "figures",
    "report",
    "bank",
    "match",
    "score",
    "verify",
    "bench",
    "workbench",
]


class WrongUse(Exception):
    """A command was called in a way it does not offer."""


def main(argv: list[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    said, _ = _common(suppress=False).parse_known_args(words)
    if said.data:
        os.environ["GONGCHUANG_DATA"] = said.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongchuang.settings")
    django.setup()
    with translation.override("en" if said.lang == "en" else "zh-hans"):
        return _run(words)


def _run(words: list[str]) -> int:
    from gongchuang.cli.database import require_city
    from gongchuang.cli.output import note
    from gongchuang.kernel.errors import Refused

    args = _parser().parse_args(words)
    try:
        if getattr(args, "needs_city", True):
            require_city()
        return args.run(args) or 0
    except (Refused, CommandError) as refusal:
        note(str(refusal))
        return 1
    except (WrongUse, ImproperlyConfigured) as mistake:
        note(str(mistake))
        return 2
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongchuang", parents=[_common(suppress=False)])
    commands = parser.add_subparsers(dest="command", metavar="CMD", required=True, parser_class=_Command)
    for group in GROUPS:
        if find_spec(f"gongchuang.cli.{group}"):
            import_module(f"gongchuang.cli.{group}").register(commands)
    return parser


class _Command(argparse.ArgumentParser):
    """A command, which takes the common options too."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(parents=[_common(suppress=True)], **kwargs)  # type: ignore[arg-type]


def _common(*, suppress: bool) -> argparse.ArgumentParser:
    """--data, --lang and --json, accepted before and after the command's name.

    suppress: whether an option that is not given leaves what was said before the command's name.
    """
    nothing = argparse.SUPPRESS
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", metavar="DIR", default=nothing if suppress else None)
    common.add_argument("--lang", choices=["zh", "en"], default=nothing if suppress else "zh")
    common.add_argument("--json", action="store_true", default=nothing if suppress else False)
    return common
