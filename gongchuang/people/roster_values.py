"""How one cell of a roster is read and checked (花名册单元格校验): pure, no database, no request.

Every check takes the raw cell (text, number, date or None) and answers a Checked: the clean value, or the problem that
keeps the row out, or a reminder that does not. The identity number follows GB 11643-1999.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongchuang.kernel.cells import Cell, filled
from gongchuang.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: `group` joins equal causes, `expected` and `cure` are for people."""

    group: str
    expected: Text
    cure: Text


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of one cell. `value` is the clean text, "" when the cell is empty or has a problem."""

    value: str = ""
    problem: Problem | None = None
    reminder: Problem | None = None


Check = Callable[[Cell], Checked]

# -- names ------------------------------------------------------------------------------------------------------------

COURTESY = re.compile(r"(?<=.)\s*(?:先生|女士|同志|老师|师傅)$")
NOTE = re.compile(r"\s*\([^()]*\)$")
HAN_GAP = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff·])\s+(?=[\u3400-\u9fff\U00020000-\U0003ffff·])")
NAME_DOTS = str.maketrans({"•": "·", "・": "·", "‧": "·", "∙": "·", "⋅": "·"})
NOT_A_NAME = re.compile(r"[0-9@#$%^*=<>{}\[\]_|\\/;:!?\"]")


def person_name(cell: Cell) -> Checked:
    """A person's name: 张 伟 → 张伟, 李强 同志 → 李强, 王芳（组长） → 王芳."""
    text = HAN_GAP.sub("", filled(cell).translate(NAME_DOTS))
    text = COURTESY.sub("", NOTE.sub("", text)).strip()
    if not text:
        return Checked(problem=Problem("name_missing", Text("姓名", "a name"), Text("请填写姓名。", "Fill in the name.")))
    if NOT_A_NAME.search(text) or len(text) > 40:
        return Checked(
            problem=Problem(
                "name_odd",
                Text("只有文字的姓名，不超过 40 字", "a name in letters only, at most 40"),
                Text("请改成本人姓名，号码和备注放到别的列。", "Write the person's name only; put numbers and notes elsewhere."),
            )
        )
    return Checked(text)


# -- identity number (GB 11643) ---------------------------------------------------------------------------------------

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# Provinces and their like; 81–83 are residence permits of Hong Kong, Macao and Taiwan, 91 the foreigner's permit of 2023.
REGIONS = frozenset(
    ["11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44"]
    + ["45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83", "91"]
)
CUT_CURE = Text(
    "请把该列设为“文本”后重新填写；已丢的末三位无法还原，要从原始资料里补。",
    "Set the column to Text and fill it in again; the last three digits are lost and must come from the source.",
)
CUT_EXPECTED = Text("18 位原号（被 Excel 改过）", "the original 18 digits (cut by Excel)")
ID_EXPECTED = Text("18 位身份证号", "an 18-digit identity number")


def check_digit(first_seventeen: str) -> str:
    """The 18th character that GB 11643 wants after these 17 digits."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True)) % 11]


def _wrong_id(group: str, expected: Text, cure: Text) -> Checked:
    return Checked(problem=Problem(group, expected, cure))


def _was_cut(cell: Cell, number: str) -> bool:
    """Excel keeps 15 digits of a number: the rest becomes 000, or the cell shows 3.70602E+17."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return abs(cell) >= 1e15
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", number):
        return True
    return bool(re.fullmatch(r"\d{15}000", number)) and check_digit(number[:17]) != number[17]


def identity(cell: Cell, today: date) -> Checked:
    """An identity number: length, birth date and check digit are errors, an unknown region only a reminder."""
    number = re.sub(r"[\s\-·.](?!\d*E\+?\d)", "", filled(cell).upper()).replace("×", "X")
    if not number:
        return Checked()
    if _was_cut(cell, number):
        return _wrong_id("id_cut", CUT_EXPECTED, CUT_CURE)
    if re.fullmatch(r"\d{15}", number):
        return _wrong_id(
            "id_old",
            ID_EXPECTED,
            Text("15 位旧证号已停用，请填 18 位新号。", "15-digit numbers are no longer valid: fill in the 18-digit one."),
        )
    if len(number) != 18:
        cure = Text(f"身份证号应为 18 位，现在是 {len(number)} 位。", f"It must have 18 characters, it has {len(number)}.")
        return _wrong_id("id_length", ID_EXPECTED, cure)
    if not re.fullmatch(r"\d{17}[\dX]", number):
        cure = Text("只能有数字，末位可以是 X。", "Digits only; the last may be X.")
        return _wrong_id("id_letters", ID_EXPECTED, cure)
    born = born_on(number)
    if born is None or born > today or born.year < 1900:
        cure = Text("第 7 至 14 位不是一个日期，请核对原证件。", "Characters 7 to 14 are not a date: compare with the card.")
        return _wrong_id("id_birth", Text("第 7 至 14 位是出生日期", "a birth date in characters 7 to 14"), cure)
    if check_digit(number[:17]) != number[17]:
        cure = Text("校验位不对，多半有一位写错，请核对原证件。", "The check digit fails: one digit is wrong, compare with the card.")
        return _wrong_id("id_check", Text("末位与前 17 位相符", "a last character that fits the first 17"), cure)
    return Checked(number, reminder=_odd_identity(number, born, today))


def _odd_identity(number: str, born: date, today: date) -> Problem | None:
    if number[:2] not in REGIONS:
        return Problem(
            "id_region",
            Text("已知的地区码", "a known region code"),
            Text(f"地区码 {number[:6]} 不认识，请核对。", f"Region code {number[:6]} is not known; please compare."),
        )
    if number.endswith("000"):
        return Problem(
            "id_zeros",
            Text("末三位不是 000 的号码", "a number that does not end in 000"),
            Text(
                "末三位是 000，校验位相符；请核对是否被 Excel 改过。",
                "It ends in 000, yet the check digit fits; compare whether Excel cut it.",
            ),
        )
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if not 16 <= age <= 90:
        return Problem(
            "id_age",
            Text("16 至 90 岁", "an age from 16 to 90"),
            Text(f"按身份证号是 {age} 岁，请核对。", f"By this number the person is {age}; please compare."),
        )
    return None


def born_on(number: str) -> date | None:
    """The birth date inside an 18-digit identity number, None when it is no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def gender_in(number: str) -> str:
    """M for an odd 17th digit, F for an even one."""
    return "M" if int(number[16]) % 2 else "F"


# -- phone ------------------------------------------------------------------------------------------------------------


def phone(cell: Cell) -> Checked:
    """A mobile number of 11 digits; +86, blanks and hyphens are taken off."""
    digits = re.sub(r"[\s\-().]", "", filled(cell))
    digits = re.sub(r"^(?:\+|00)86(?=\d)|^86(?=1\d{10}$)", "", digits)
    if not digits:
        return Checked()
    expected = Text("11 位手机号", "an 11-digit mobile number")
    if not digits.isdigit():
        cure = Text("手机号只能有数字；一格只放一个号码。", "Digits only, and one number in a cell.")
        return Checked(problem=Problem("phone_letters", expected, cure))
    if len(digits) != 11:
        cure = Text(f"手机号应为 11 位，现在是 {len(digits)} 位。", f"It must have 11 digits, it has {len(digits)}.")
        return Checked(problem=Problem("phone_length", expected, cure))
    if not re.fullmatch(r"1[3-9]\d{9}", digits):
        cure = Text("手机号以 13 至 19 开头；座机请不要填在这一列。", "A mobile number begins with 13 to 19; leave out desk phones.")
        return Checked(problem=Problem("phone_start", expected, cure))
    return Checked(digits)


# -- days -------------------------------------------------------------------------------------------------------------

DAY_EXPECTED = Text("日期，例如 2024-06-05", "a date such as 2024-06-05")
SERIAL_START = date(1899, 12, 30)  # Excel's day 0 for every date after February 1900
YEAR_FIRST = re.compile(r"(\d{4})\s*(?:[-./年]\s*(\d{1,2}))(?:\s*[-./月]\s*(\d{1,2}))?\s*[日号月]?(?:\s+\d{1,2}:\d{2}.*)?")
PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")


def serial_day(days: float) -> date:
    """The date behind an Excel serial number (45448 → 2024-06-05)."""
    return SERIAL_START + timedelta(days=int(days))


def _made(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_day(cell: Cell) -> tuple[date | None, bool]:
    """The date in a cell and whether its day had to be supplied (2018.09 → the 1st)."""
    if isinstance(cell, datetime):
        return cell.date(), False
    if isinstance(cell, date):
        return cell, False
    text = filled(cell)
    if match := PACKED.fullmatch(text):
        return _made(*match.groups()), False
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and 10_000 <= float(text) < 80_000:
        return serial_day(float(text)), False
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return None, False  # 2018.09 as a number may be September or, cut by Excel, October spelt 2018.1
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
        return _made(year, month, day or 1), day is None
    return None, False


def day(cell: Cell, today: date, *, future: bool = False) -> Checked:
    """A day in any of the ways people write it: 2024.6.5, 2024年6月5日, 2024/6/5, 20240605, 45448."""
    text = filled(cell)
    if not text:
        return Checked()
    found, supplied = read_day(cell)
    if found is None:
        cure = Text("请按 2024-06-05 的样子写全年月日。", "Write year, month and day like 2024-06-05.")
        return Checked(problem=Problem("day_odd", DAY_EXPECTED, cure))
    if found.year < 1900 or (found > today and not future):
        cure = Text("日期在今天之后或早于 1900 年，请核对。", "The date lies after today or before 1900; please compare.")
        return Checked(problem=Problem("day_range", DAY_EXPECTED, cure))
    reminder = None
    if supplied:
        cure = Text("只写了年月，按当月 1 日导入。", "Only year and month are given; the 1st is taken.")
        reminder = Problem("day_month", DAY_EXPECTED, cure)
    return Checked(found.isoformat(), reminder=reminder)


# -- gender and skill level -------------------------------------------------------------------------------------------

GENDERS = {
    "男": "M", "男性": "M", "1": "M", "m": "M", "male": "M",
    "女": "F", "女性": "F", "2": "F", "f": "F", "female": "F",
}  # fmt: skip


def gender(cell: Cell) -> Checked:
    text = filled(cell).lower()
    if not text:
        return Checked()
    if text not in GENDERS:
        cure = Text("请填“男”或“女”。", "Write 男 or 女.")
        return Checked(problem=Problem("gender_odd", Text("男或女", "male or female"), cure))
    return Checked(GENDERS[text])


# Words of the eight levels by their rank, and the old grade numbers they are also called by (五级 = 初级工 … 一级 = 高级技师).
LEVEL_WORDS = {
    "学徒工": "1", "学徒": "1",
    "初级工": "2", "初级": "2",
    "中级工": "3", "中级": "3",
    "高级工": "4", "高级": "4",
    "技师": "5", "高级技师": "6",
    "特级技师": "7", "首席技师": "8",
}  # fmt: skip
LEVEL_GRADES = {"五": "2", "四": "3", "三": "4", "二": "5", "一": "6"}
GRADE_DIGITS = {
    "1": "一", "2": "二", "3": "三", "4": "四", "5": "五",
    "I": "一", "II": "二", "III": "三", "IV": "四", "V": "五",
}  # fmt: skip
LEVEL_NOISE = re.compile(r"国家|职业|资格|技能|等级|证书|水平|证$|工种")
NOT_A_LEVEL = re.compile(r"工程师|职称|经济师|会计师|讲师|教授|政工师")
NO_LEVEL = {"无等级", "未评", "未定级", "无证", "普工", "无技能等级", "未取得"}


GRADE = r"(?:[一二三四五1-5]|I{1,3}|IV|V)"


def _one_level(word: str) -> str:
    """The level one word means, "" when it means none or two different ones (二级高级工)."""
    match = re.fullmatch(rf"({GRADE})?级?(.*?)工?", word, re.IGNORECASE)
    grade, rank = (match[1] or "", match[2]) if match else ("", word)
    named = {LEVEL_WORDS.get(rank) or LEVEL_WORDS.get(f"{rank}工")} if rank else set()
    if grade:
        named.add(LEVEL_GRADES[GRADE_DIGITS.get(grade.upper(), grade)])
    level = named.pop() if len(named) == 1 else None
    return level or ""


def skill_level(cell: Cell) -> Checked:
    """A skill level by any of its names: 高级工, 三级, 3级, 高级技师/一级, 高级工(三级)."""
    text = filled(cell).replace(" ", "")
    if not text or text in NO_LEVEL:
        return Checked()
    expected = Text("八级之一：学徒工 … 首席技师", "one of the eight levels, 学徒工 … 首席技师")
    if NOT_A_LEVEL.search(text):
        cure = Text("这是职称，不是技能等级，未导入这一格。", "This is a professional title, not a skill level; the cell is left out.")
        return Checked(reminder=Problem("level_title", expected, cure))
    words = [LEVEL_NOISE.sub("", part) for part in re.split(r"[/、,()|;]+", text)]
    levels = {_one_level(word) for word in words if word}
    if len(levels) == 1 and (level := levels.pop()):
        return Checked(level)
    cure = Text(
        "请写成 初级工、中级工、高级工、技师、高级技师 等，或 五级 至 一级。",
        "Write 初级工, 中级工, 高级工, 技师, 高级技师 …, or 五级 to 一级.",
    )
    return Checked(problem=Problem("level_odd", expected, cure))


# -- numbers of the enterprise's own ----------------------------------------------------------------------------------


def work_number(cell: Cell) -> Checked:
    """An employee number (工号): kept as written, letters in capitals."""
    text = filled(cell).replace(" ", "").upper()
    if not text:
        return Checked()
    if isinstance(cell, (int, float)) and abs(cell) >= 1e15:
        return Checked(problem=Problem("work_no_cut", Text("工号原文", "the number as issued"), CUT_CURE))
    if len(text) > 30:
        cure = Text("工号超过 30 个字符，请核对是否错列。", "Longer than 30 characters: is it the right column?")
        return Checked(problem=Problem("work_no_long", Text("不超过 30 个字符", "at most 30 characters"), cure))
    return Checked(text)


def words(cell: Cell) -> Checked:
    """Free text of one line, at most 60 characters."""
    text = filled(cell)
    if len(text) > 60:
        cure = Text("文字超过 60 字，请缩短。", "Longer than 60 characters: shorten it.")
        return Checked(problem=Problem("words_long", Text("不超过 60 字", "at most 60 characters"), cure))
    return Checked(text)
