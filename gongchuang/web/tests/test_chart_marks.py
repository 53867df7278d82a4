"""Marks of a chart open the lists that the table beside it opens."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from gongchuang.people.models import Person


def test_each_mark_of_the_board_leads_where_its_row_leads(officer: Person, as_: Callable[[Person], Client]) -> None:
    page = as_(officer).get("/org/").content.decode()
    drawn = page[page.index('id="funnel"') :]
    marks = re.findall(r'<a class="chart-mark" href="([^"]+)"', drawn)
    rows = re.findall(r'<th scope="row"><a href="([^"]+)"', drawn)
    assert len(marks) == 3
    assert marks == rows[:3]
    assert all(Client().get(one.replace("&amp;", "&")).status_code in {200, 302} for one in marks)
