"""Handing in one proposal, with all that follows, against a bare INSERT and commit of its row (提建议)."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from gongchuang.cli.bench.shape import Benchmark, Pair, Setting
from gongchuang.kernel import clock
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal

SAID: dict[str, Any] = {
    "problem": "装夹定位要逐个找正，一件要三个多小时。",
    "idea": "定位块改成锥销快换，装夹后不再找正。",
    "title": "定位块改成锥销快换",
    "category": "efficiency",
}


def prepare(setting: Setting) -> Pair:
    author = Person.objects.select_related("unit").filter(account__username="worker").get()
    columns = [str(field.column) for field in Proposal._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM proposals_proposal ORDER BY id LIMIT 1")
        row = dict(zip(columns, cursor.fetchone(), strict=True))
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO proposals_proposal ({', '.join(columns)}) VALUES ({marks})"

    def submit(number: int) -> None:
        for at in range(setting.rows):
            actions.submit(author.unit, **SAID, by=author, key=f"bench-{number}-{at}")

    def insert(number: int) -> None:
        for at in range(setting.rows):
            new = row | {"uid": clock.new_uid().hex, "no": f"BENCH-{number}-{at}"}
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [new[column] for column in columns])

    return Pair(submit, insert, setting.rows)


BENCHMARK = Benchmark(
    label=Text("提一条建议：全部后续（权限、编号、待办、消息、事件、摘要、检索）", "one proposal handed in, with all that follows"),
    reference="INSERT of the row and commit, by cursor, on the same database",
    prepare=prepare,
)
