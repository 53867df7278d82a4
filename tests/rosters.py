"""A realistic roster as an enterprise sends it (花名册样本): made from a seed, with a known number of faulty rows.

5,000 rows by default, 37 of them wrong: 22 in a team that does not exist (叶轮车间), 9 identity numbers cut by Excel and
6 phones of ten digits. Title row above the headings, headings of the enterprise's own, dates written in five ways.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from gongchuang.people.roster_values import check_digit

TEAMS = ("叶轮装配班", "焊接一班", "机加二班", "喷涂班", "检测班", "电控班")
MISSING_TEAM = "叶轮车间"
HEADINGS = (
    "序号",
    "姓 名",
    "员工编号",
    "公民身份证号码*",
    "性别",
    "联系电话（手机）",
    "所在班组",
    "职业资格等级",
    "工种",
    "进厂时间",
    "备注",
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国文辉海燕志飞鹏婷雪梅琳宇浩凯健俊帆博晨阳"
LEVELS = ("初级工", "五级", "中级工", "四级/中级工", "高级工", "三级", "技师", "高级技师（一级）", "", "无")
TRADES = ("装配钳工", "电焊工", "数控车工", "涂装工", "质检员", "维修电工")
REGIONS = ("370602", "370611", "370612", "370682", "371002", "210211", "340104", "410105")


@dataclass(slots=True)
class Roster:
    """Rows as an enterprise keeps them; `wrong` maps a row's number in the file to what is wrong with it."""

    rows: list[list[str | int | float]]
    wrong: dict[int, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)  # the true identity numbers, row by row


def identity_number(chance: random.Random, serial: int, male: bool) -> str:
    born = date(1966, 1, 1) + timedelta(days=chance.randrange(14_000))
    seventeen = f"{chance.choice(REGIONS)}{born:%Y%m%d}{serial % 499 * 2 + male:03d}"
    return seventeen + check_digit(seventeen)


def _joined(chance: random.Random) -> str | float:
    day = date(2004, 1, 1) + timedelta(days=chance.randrange(7_500))
    return chance.choice(
        [
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day.year}/{day.month}/{day.day}",
            day.isoformat(),
            float((day - date(1899, 12, 30)).days),
        ]
    )


def roster(rows: int = 5_000, *, missing_team: int = 22, cut: int = 9, short_phones: int = 6, seed: int = 20260605) -> Roster:
    """Rows in the file's order; the faulty ones are spread over the whole file."""
    chance = random.Random(seed)
    faulty = iter(chance.sample(range(rows), missing_team + cut + short_phones))
    faults = {next(faulty): kind for kind, n in (("team", missing_team), ("cut", cut), ("phone", short_phones)) for _ in range(n)}
    made = Roster([])
    seen: set[str] = set()
    for index in range(rows):
        male = chance.random() < 0.62
        number = identity_number(chance, index, male)
        while number in seen or number.endswith("000"):
            number = identity_number(chance, chance.randrange(10_000), male)
        seen.add(number)
        made.numbers.append(number)
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
        if len(name) == 2 and chance.random() < 0.3:
            name = f"{name[0]}　{name[1]}"
        phone = f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"
        team = chance.choice(TEAMS)
        shown: str | float = number
        fault = faults.get(index)
        if fault == "team":
            team = MISSING_TEAM
        elif fault == "cut":
            shown = chance.choice([float(number[:17].replace("X", "0") + "0"), f"{number[:15]}000"])
            if isinstance(shown, str) and check_digit(shown[:17]) == "0":
                shown = f"{float(number[:15] + '000'):.5E}"
        elif fault == "phone":
            phone = phone[:10]
        gender = "男" if male else "女"
        row: list[str | int | float] = [index + 1, name, f"F{20_000 + index}", shown, gender, phone, team]
        row += [chance.choice(LEVELS), chance.choice(TRADES), _joined(chance), ""]
        made.rows.append(row)
        if fault:
            made.wrong[index + 3] = fault  # a title and the headings stand above
    return made


def write_xlsx(path: Path, made: Roster, *, headings: Sequence[str] = HEADINGS, title: str = "海岳风机2026年6月在岗职工花名册") -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": False, "strings_to_numbers": False})
    cover = book.add_worksheet("说明")
    cover.write(0, 0, "本表由人力资源部每月 5 日更新")
    sheet = book.add_worksheet("在岗")
    sheet.merge_range(0, 0, 0, len(headings) - 1, title)
    for column, heading in enumerate(headings):
        sheet.write_string(1, column, heading)
    for number, row in enumerate(made.rows, start=2):
        for column, cell in enumerate(row):
            if cell == "":
                continue
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            else:
                sheet.write_number(number, column, cell)
    sheet.write_string(len(made.rows) + 3, 0, f"合计：{len(made.rows)} 人")
    book.close()
    return path


def write_csv(path: Path, made: Roster, *, encoding: str = "utf-8", headings: Sequence[str] = HEADINGS) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(["海岳风机在岗职工花名册", *[""] * (len(headings) - 1)])
        out.writerow(headings)
        out.writerows([[f"{cell:.0f}" if isinstance(cell, float) and cell < 1e15 else cell for cell in row] for row in made.rows])
    return path
