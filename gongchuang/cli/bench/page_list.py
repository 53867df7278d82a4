"""A list page as a signed-in officer gets it, against the bare query for its rows (列表页)."""

from __future__ import annotations

from django.db import connection
from django.test import Client

from gongchuang.cli.bench.shape import Benchmark, Pair, Setting
from gongchuang.cli.serve import collect_static
from gongchuang.kernel.text import Text
from gongchuang.people.models import Account

ROWS = 50
PAGE = "/proposals/"


def prepare(setting: Setting) -> Pair:
    collect_static()  # pages name their files by hash
    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(username="city"))
    statement = (
        "SELECT p.*, u.name, a.name FROM proposals_proposal p JOIN people_unit u ON u.id = p.unit_id "
        f"JOIN people_person a ON a.id = p.author_id ORDER BY p.id DESC LIMIT {ROWS}"
    )

    def page(number: int) -> None:
        answer = client.get(PAGE)
        assert answer.status_code == 200, (answer.status_code, answer.headers)

    def query(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.fetchall()

    return Pair(page, query, ROWS)


BENCHMARK = Benchmark(
    label=Text("建议列表的一页，含权限、模板和中间件", "one page of the list of proposals: rights, template and middleware included"),
    reference="the bare query for the same rows with unit and author, by cursor",
    prepare=prepare,
)
