"""Cells as people write them: every way in, every refusal with its cure."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongchuang.people import roster_values as values

TODAY = date(2026, 6, 5)
GOOD = "11010519491231002X"  # the example of GB 11643-1999 itself


def numbers():
    """Identity numbers that follow the standard, of people from 16 to 90."""
    born = st.dates(date(1940, 1, 1), date(2010, 1, 1))
    region = st.sampled_from(sorted(values.REGIONS)).flatmap(lambda two: st.integers(100, 9999).map(lambda n: f"{two}{n:04d}"))
    return st.builds(lambda area, day, serial: f"{area}{day:%Y%m%d}{serial:03d}", region, born, st.integers(1, 999)).map(
        lambda head: head + values.check_digit(head)
    )


def group(checked):
    return checked.problem.group if checked.problem else ""


class TestIdentity:
    def test_the_example_of_the_standard_is_right(self):
        assert values.check_digit(GOOD[:17]) == "X"
        assert values.identity(GOOD, TODAY).value == GOOD

    @given(numbers())
    def test_every_number_made_by_the_standard_is_taken_as_it_is(self, number):
        checked = values.identity(number, TODAY)
        assert (checked.value, checked.problem) == (number, None)

    @given(numbers(), st.integers(0, 16), st.integers(1, 9))
    def test_one_wrong_digit_is_always_noticed(self, number, place, step):
        wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
        assert values.identity(wrong, TODAY).problem

    @given(numbers(), st.integers(0, 15))
    def test_two_neighbours_swapped_are_always_noticed(self, number, place):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert swapped == number or values.identity(swapped, TODAY).problem

    @given(numbers())
    def test_a_number_that_excel_cut_is_named_as_such(self, number):
        for cell in (float(f"{number[:15]}000"), f"{float(number[:15] + '000'):.5E}", f"{float(number[:15] + '000'):.5e}"):
            assert group(values.identity(cell, TODAY)) == "id_cut"

    def test_three_zeros_at_the_end_are_named_as_cut_unless_the_check_digit_fits(self):
        assert group(values.identity("370602199001010000", TODAY)) == "id_cut"
        head = next(h for h in (f"3706021990{m:02d}15{s}00" for m in range(1, 13) for s in range(1, 9)) if values.check_digit(h) == "0")
        checked = values.identity(f"{head}0", TODAY)
        assert checked.value == f"{head}0"
        assert checked.reminder.group == "id_zeros"

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("1101051949123100", "id_length"),
            ("110105194912310021X", "id_length"),
            ("110105491231002", "id_old"),
            ("11010519491331002X", "id_birth"),
            ("110105209912310029", "id_birth"),
            ("110105194912310021", "id_check"),
            ("G12345678", "id_length"),
            ("11010519491231O02X", "id_letters"),
        ],
    )
    def test_each_fault_has_its_own_name(self, cell, expected):
        checked = values.identity(cell, TODAY)
        assert group(checked) == expected
        assert checked.value == ""
        assert checked.problem.cure.zh
        assert checked.problem.cure.en

    @pytest.mark.parametrize(
        "written",
        [
            "１１０１０５１９４９１２３１００２ｘ",
            " 110105 19491231 002X ",
            "'11010519491231002x",
            '="11010519491231002X"',
            "110105-19491231-002X",
            "\u200b11010519491231002X",
        ],
    )
    def test_full_width_blanks_and_forced_text_are_read(self, written):
        assert values.identity(written, TODAY).value == GOOD

    def test_an_unknown_region_is_only_a_reminder(self):
        head = "99010519900307001"
        checked = values.identity(head + values.check_digit(head), TODAY)
        assert checked.value
        assert checked.reminder.group == "id_region"

    @pytest.mark.parametrize("empty", [None, "", "  ", "无", "/", "-", "N/A"])
    def test_empty_stays_empty(self, empty):
        assert values.identity(empty, TODAY) == values.Checked()


class TestPhone:
    @pytest.mark.parametrize(
        "cell",
        [
            "13853123456",
            13853123456.0,
            13853123456,
            "138 5312 3456",
            "138-5312-3456",
            "+86 13853123456",
            "008613853123456",
            "8613853123456",
            "１３８５３１２３４５６",
        ],
    )
    def test_the_same_number_in_many_ways(self, cell):
        assert values.phone(cell).value == "13853123456"

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("1385312345", "phone_length"),
            (1385312345.0, "phone_length"),
            ("139060288177", "phone_length"),
            ("12853123456", "phone_start"),
            ("0631-5231234", "phone_start"),
            ("13853123456/13900000000", "phone_letters"),
        ],
    )
    def test_each_fault_has_its_own_name(self, cell, expected):
        assert group(values.phone(cell)) == expected

    def test_the_words_are_those_of_the_product(self):
        assert values.phone("1385312345").problem.cure.zh == "手机号应为 11 位，现在是 10 位。"


class TestDays:
    @pytest.mark.parametrize(
        "cell",
        ["2024.6.5", "2024年6月5日", "2024/6/5", "2024-06-05", "2024.06.05", "20240605", 20240605.0, 45448, 45448.0, "45448",
         date(2024, 6, 5), datetime(2024, 6, 5, 8, 30), "2024-06-05 00:00:00", "２０２４．６．５", "2024 年 6 月 5 日", "2024年6月5号"],
    )  # fmt: skip
    def test_the_same_day_in_many_ways(self, cell):
        assert values.day(cell, TODAY) == values.Checked("2024-06-05")

    @given(st.dates(date(1950, 1, 1), TODAY))
    def test_every_way_of_writing_gives_the_day_back(self, day):
        serial = (day - date(1899, 12, 30)).days
        for cell in (f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}", float(serial)):
            assert values.day(cell, TODAY).value == day.isoformat()

    @pytest.mark.parametrize("cell", ["2024.13.5", "2024-02-30", "6/5/2024", "24.6.5", "去年", 2018.09, "2018", "至今"])
    def test_what_is_no_day_is_refused(self, cell):
        assert group(values.day(cell, TODAY)) == "day_odd"

    def test_year_and_month_take_the_first_and_say_so(self):
        checked = values.day("2018.09", TODAY)
        assert checked.value == "2018-09-01"
        assert checked.reminder.group == "day_month"

    def test_a_day_to_come_is_refused(self):
        assert group(values.day(TODAY + timedelta(days=1), TODAY)) == "day_range"


class TestLevels:
    @pytest.mark.parametrize(
        ("cell", "level"),
        [("高级工", "4"), ("三级", "4"), ("3级", "4"), ("Ⅲ级", "4"), ("高级工/三级", "4"), ("高级工（三级）", "4"),
         ("三级高级工", "4"), ("国家职业资格三级", "4"), ("高级技师/一级", "6"), ("一级/高级技师", "6"),
         ("二级技师", "5"), ("技师", "5"), ("技师（二级）", "5"), ("初级", "2"), ("五级工", "2"), ("中级工", "3"),
         ("4", "3"), (4.0, "3"), ("学徒", "1"), ("特级技师", "7"), ("首席技师", "8"), ("无", ""), ("未评", "")],
    )  # fmt: skip
    def test_a_level_by_any_of_its_names(self, cell, level):
        assert values.skill_level(cell) == values.Checked(level)

    @pytest.mark.parametrize("cell", ["二级高级工", "高级工/二级", "八级", "很好"])
    def test_contradictions_and_unknown_words_are_refused(self, cell):
        assert group(values.skill_level(cell)) == "level_odd"

    def test_a_professional_title_is_left_out_with_a_reminder(self):
        checked = values.skill_level("高级工程师")
        assert (checked.value, checked.reminder.group) == ("", "level_title")


class TestNames:
    @pytest.mark.parametrize(
        ("cell", "name"),
        [
            ("张 伟", "张伟"),
            ("张　伟", "张伟"),
            (" 李强 同志", "李强"),
            ("王芳（组长）", "王芳"),
            ("阿依古丽・买买提", "阿依古丽·买买提"),
            ("欧阳明", "欧阳明"),
            ("John  Smith", "John Smith"),
            ("李老师", "李"),
        ],
    )
    def test_a_name_is_freed_of_blanks_titles_and_notes(self, cell, name):
        assert values.person_name(cell).value == name

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [("", "name_missing"), (None, "name_missing"), ("张3", "name_odd"), ("a" * 41, "name_odd"), ("=1+1", "name_odd")],
    )
    def test_what_is_no_name_is_refused(self, cell, expected):
        assert group(values.person_name(cell)) == expected


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_breaks_a_check(cell):
    for check in (values.person_name, values.phone, values.gender, values.skill_level, values.work_number, values.words):
        assert isinstance(check(cell), values.Checked)
    assert isinstance(values.identity(cell, TODAY), values.Checked)
    assert isinstance(values.day(cell, TODAY), values.Checked)


@pytest.mark.parametrize(("cell", "text"), [("女", "F"), ("男性", "M"), ("M", "M"), (2.0, "F")])
def test_gender_words(cell, text):
    assert values.gender(cell).value == text


def test_an_unknown_gender_is_refused():
    assert group(values.gender("未知")) == "gender_odd"
