"""How commands speak: data on standard output, as text or JSON; everything else on standard error."""

import argparse
import json
import sys
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder

from gongchuang.kernel.text import Text


class Encoder(DjangoJSONEncoder):
    def default(self, o: object) -> object:
        return str(o) if isinstance(o, Text) else super().default(o)


def show(args: argparse.Namespace, data: object, lines: Iterable[object]) -> None:
    """Print a command's result: `data` with --json, else the lines."""
    if args.json:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1, cls=Encoder)
        print()
    else:
        for line in lines:
            print(line)


def note(message: str | Text) -> None:
    """Say something that is no data: progress, warnings, what to do next."""
    print(message, file=sys.stderr, flush=True)
