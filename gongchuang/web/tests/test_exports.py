"""Every list as a file: the rows and totals of the list itself, for everybody who may see any."""

import csv
import io
from decimal import Decimal

import pytest

from gongchuang.desks import DESKS
from gongchuang.excel import reader
from gongchuang.people.models import Person
from tests.rights import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def lines_of(response):
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_list_its_csv_and_its_workbook_are_one_thing(tmp_path):
    world = World()
    seen = 0
    for name in ("anonymous", "member own", "officer own", "certifier own", "district own", "city parent", "leaver"):
        person, client = world.persons[name], world.clients[name]
        for desk in DESKS:
            response = client.get(f"/{desk.key}.csv")
            if response.status_code == 302:
                assert name in ("anonymous", "leaver")
                continue
            lines = lines_of(response)
            own = lines.pop() if lines[-1] and lines[-1][0].startswith("制表：") else []
            assert bool(own) == names_persons(desk, person if name != "leaver" else None), (name, desk.key)
            rows = desk.rows_for(person if name != "leaver" else None)
            assert len(lines) == rows.count() + 2, (name, desk.key)
            table = desk.table if person is not None and name != "leaver" else public(desk)
            heads = lines[0]
            for at, column in enumerate(table.columns):
                assert heads[at].startswith(column.label.zh), (name, desk.key)
                if column.total:
                    wanted = sum(int(column.value(record) or 0) for record in table.rows(rows))
                    shown = Decimal(lines[-1][at] or 0) * (100 if column.kind == "money" else 1)
                    assert shown == wanted, (name, desk.key, column.key)
            if name == "officer own":
                path = tmp_path / "a.xlsx"
                path.write_bytes(b"".join(client.get(f"/{desk.key}.xlsx").streaming_content))
                sheet, *rest = reader.read(path)
                assert bool(rest) == bool(own)
                assert len(sheet.rows) == len(lines), desk.key
                seen += len(lines) - 2
    assert seen > 100


def names_persons(desk, person):
    return person is not None and (desk.model is Person or any(column.kind in {"person", "persons"} for column in desk.table.columns))


def public(desk):
    return desk.table.public() if any(column.public for column in desk.table.columns) else desk.table
