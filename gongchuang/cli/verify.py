"""verify, digest: whether every invariant holds, and if not, which record breaks it (核验)."""

import argparse
from collections.abc import Iterator

from gongchuang import desks
from gongchuang.cli.output import show
from gongchuang.kernel import verify
from gongchuang.kernel.text import Text

SHOWN_BREAKS = 20


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("verify", help=str(Text("核验：每条不变式是否成立", "whether every invariant holds")))
    command.add_argument("--tables", nargs="*", default=[], metavar="TABLE")
    command.set_defaults(run=run_verify)
    digest = commands.add_parser("digest", help=str(Text("全部受保护数据的一个摘要", "one digest of all protected tables")))
    digest.set_defaults(run=run_digest)


def run_verify(args: argparse.Namespace) -> int:
    found = verify.run(desks.invariants(), args.tables)
    holds = all(finding.holds for finding in found)
    show(args, as_data(found), as_lines(found))
    return 0 if holds else 1


def run_digest(args: argparse.Namespace) -> int:
    digest = verify.digest()
    show(args, {"digest": digest}, [digest])
    return 0


def as_data(found: list[verify.Finding]) -> dict[str, object]:
    return {
        "holds": all(finding.holds for finding in found),
        "protected": [model._meta.db_table for model in verify.protected_models()],
        "invariants": [
            {
                "name": finding.name,
                "holds": finding.holds,
                "checked": finding.checked,
                "breaks": [{"table": b.table, "record": b.record, "what": b.what} for b in finding.breaks],
            }
            for finding in found
        ],
    }


def as_lines(found: list[verify.Finding]) -> Iterator[str]:
    for finding in found:
        yield f"{'✓' if finding.holds else '✗'} {finding.name} ({finding.checked})"
        for broken in finding.breaks[:SHOWN_BREAKS]:
            yield f"    {broken.table} {broken.record}: {broken.what}"
        if len(finding.breaks) > SHOWN_BREAKS:
            yield f"    … {len(finding.breaks) - SHOWN_BREAKS} {Text('项未列出', 'more')}"
