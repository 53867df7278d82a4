"""A roster staged and brought in, against python-calamine reading the same file alone (导入花名册)."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from gongchuang.cli.bench.shape import Benchmark, Pair, Setting
from gongchuang.cli.demo import names
from gongchuang.excel import rosters
from gongchuang.kernel.text import Text
from gongchuang.people import actions, roster_staging
from gongchuang.people.lookup import the_city
from gongchuang.people.models import Person, Unit
from gongchuang.people.roster_import import bring_in
from gongchuang.people.roster_values import check_digit

HEADINGS = ("姓名", "员工编号", "公民身份证号码", "性别", "联系电话", "所在班组", "工种", "进厂时间")
TEAMS = ("叶轮装配班", "焊接一班", "机加二班", "喷涂班")


def prepare(setting: Setting) -> Pair:
    """An enterprise and a file of its own for each round: the same persons twice would be no import."""
    made = [_enterprise(number) for number in range(setting.rounds)]
    files = [_file(setting.folder / f"roster-{number}.xlsx", setting.rows, number) for number in range(setting.rounds)]

    def bring(number: int) -> int:
        run = rosters.stage(rosters.open_roster(files[number], made[number]), made[number], by=None)
        roster_staging.preview(run)
        bring_in(run, by=None)
        return Person.objects.active().inside(made[number]).count()

    def read(number: int) -> int:
        sheet = CalamineWorkbook.from_path(str(files[number])).get_sheet_by_index(0)
        return len(sheet.to_python()) - 1

    return Pair(bring, read, setting.rows, agree=True)


def _enterprise(number: int) -> Unit:
    city, admin = the_city(), Person.objects.get(account__username="admin")
    assert city is not None
    unit = actions.found_unit(city, kind="enterprise", name=f"基准{number}厂", code=f"BENCH{number}", by=admin, key=f"bench-{number}")
    for team in TEAMS:
        actions.found_unit(unit, kind="team", name=team, by=admin, key=f"bench-{number}-{team}")
    return unit


def _file(path: Path, rows: int, number: int) -> Path:
    chance = random.Random(number)
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = book.add_worksheet("在岗")
    sheet.write_row(0, 0, HEADINGS)
    for at in range(rows):
        born = date(1966, 1, 1) + timedelta(days=at // 400 + number * 400)
        bare = f"370602{born:%Y%m%d}{at % 400 * 2 + 1:03d}"
        name = chance.choice(names.SURNAMES) + chance.choice(names.GIVEN) + chance.choice(names.GIVEN)
        phone = f"13{chance.randrange(10**9):09d}"
        row = (name, f"B{at:06d}", bare + check_digit(bare), "男", phone, chance.choice(TEAMS), "装配钳工", "2019-07-01")
        sheet.write_row(at + 1, 0, row)
    book.close()
    return path


BENCHMARK = Benchmark(
    label=Text("花名册：读、逐行检查、暂存、写入", "a roster: read, checked row by row, staged, brought in"),
    reference="python-calamine reading the same file into lists, without checking or writing",
    reference_package="python-calamine",
    prepare=prepare,
)
