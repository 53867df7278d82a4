"""The pages of learning: sign up within the taps, check in by the link, the lecturer's screen."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gongchuang.academy import actions
from gongchuang.academy.checkin import code_at
from gongchuang.academy.tests.conftest import (  # noqa: F401
    academy,
    applied,
    held,
    in_june,
    institute,
    lecturer,
    meeting,
    office,
    seated,
    training,
)  # fmt: skip
from gongchuang.kernel import clock


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page).group(1)


def test_a_worker_signs_up_from_the_learning_page_in_three_taps(training, worker, as_):  # noqa: F811
    client = as_(worker)
    learning = client.get("/me/learning/").content.decode()
    assert f'href="/classes/{training.ref}/"' in learning
    page = client.get(f"/classes/{training.ref}/").content.decode()
    answer = client.post(f"/classes/{training.ref}/sign_up/", {"key": hidden(page, "key")}, follow=True)
    assert "报名成功" in answer.content.decode()
    training.refresh_from_db()
    assert training.taken == 1
    again = client.post(f"/classes/{training.ref}/sign_up/", {"key": hidden(page, "key")})
    assert again.status_code == 302
    training.refresh_from_db()
    assert training.taken == 1


def test_home_names_the_class_that_comes_next_until_it_has_begun(seated, training, worker, worker2, as_):  # noqa: F811
    client = as_(worker)
    with clock.frozen(f"{training.starts_on}T06:00"):
        home = client.get("/me/").content.decode()
        assert f'href="/enrolments/{seated.ref}/"' in home
        assert training.place in home
        assert "下一场" not in as_(worker2).get("/me/").content.decode()
    with clock.frozen(f"{training.starts_on + timedelta(days=1)}T06:00"):
        assert "下一场" not in client.get("/me/").content.decode()


def test_who_has_a_seat_is_told_so_and_not_offered_another(seated, training, worker, as_):  # noqa: F811
    page = as_(worker).get(f"/classes/{training.ref}/").content.decode()
    assert "您已报名" in page
    assert "/sign_up/" not in page


def test_a_class_full_says_so(training, worker, worker2, leader, officer, as_):  # noqa: F811
    for person in (worker, worker2, leader):
        actions.sign_up(training, by=person, key="full")
    client = as_(officer)
    assert "名额已满" in client.get(f"/classes/{training.ref}/").content.decode()
    refused = client.post(f"/classes/{training.ref}/sign_up/", {"key": "one-more"})
    assert refused.status_code == 422
    assert "名额已满" in refused.content.decode()


def test_the_link_of_the_code_fills_the_form_and_one_press_checks_in(seated, held, worker, as_):  # noqa: F811
    client = as_(worker)
    assert f"/sessions/{held.ref}/check_in/" in client.get("/me/learning/").content.decode()
    code = code_at(held.uid, clock.now())
    page = client.get(f"/sessions/{held.ref}/check_in/?code={code}").content.decode()
    assert f'value="{code}"' in page
    answer = client.post(f"/sessions/{held.ref}/check_in/", {"code": code, "key": "in"}, follow=True)
    assert "签到成功" in answer.content.decode()
    seated.refresh_from_db()
    assert seated.sessions_attended == 1


def test_the_lecturer_sees_the_code_and_ticks_by_hand(seated, held, lecturer, worker, as_):  # noqa: F811
    client = as_(lecturer.person)
    page = client.get(f"/sessions/{held.ref}/").content.decode()
    assert re.search(r"<svg [^>]*viewBox=", page.partition("hall-code")[2][:400])  # without it a narrow screen cuts the code off
    assert code_at(held.uid, clock.now()) in page
    assert "<svg" in page
    assert "已到 0 人，共 1 人" in page
    ticked = client.post(
        f"/sessions/{held.ref}/tick/", {"enrolment": seated.pk, "key": hidden(page, "key"), "next": f"/sessions/{held.ref}/"}
    )
    assert ticked.headers["Location"] == f"/sessions/{held.ref}/"
    assert "已到 1 人，共 1 人" in client.get(f"/sessions/{held.ref}/").content.decode()


def test_a_trainee_never_sees_the_code(seated, held, worker, as_):  # noqa: F811
    page = as_(worker).get(f"/sessions/{held.ref}/").content.decode()
    assert code_at(held.uid, clock.now()) not in page


def test_a_visitor_reads_an_academy_with_its_colleges_and_menu(academy, office, client):  # noqa: F811
    actions.found_college(academy, "海上风电产业学院", "海上风电", by=office, key="college")
    actions.offer_course(academy, "氩弧焊", "焊工", "hands_on", 16, by=office, key="course")
    page = client.get(f"/academies/{academy.ref}/").content.decode()
    assert "海上风电产业学院" in page
    assert "氩弧焊" in page
    assert client.get("/academies/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/classes/",
        "/sessions/",
        "/enrolments/",
        "/plans/",
        "/orders/",
        "/lecturers/",
        "/courses/",
        "/colleges/",
        "/rounds/",
        "/nominations/",
        "/objections/",
        "/honours/",
    ],
)
def test_lists_open_for_a_worker(seated, path, worker, as_):  # noqa: F811
    assert as_(worker).get(path).status_code == 200


def test_a_class_that_another_unit_ordered_is_not_offered(academy, lecturer, office, leader, team, worker, officer, as_):  # noqa: F811
    from gongchuang.academy.tests.conftest import FIRST_AT

    order = actions.place(team, academy, "焊工", 20, "new", "能独立施焊", FIRST_AT.date(), by=leader, key="order")
    actions.accept(order, by=office, key="accept")
    ordered = actions.open_class(
        academy, "叶轮班订单班", lecturer, "into_enterprise", "车间", 20, FIRST_AT, order=order, by=office, key="ordered"
    )
    assert ordered.ref in as_(worker).get("/me/learning/").content.decode()
    assert ordered.ref not in as_(officer).get("/me/learning/").content.decode()


def test_a_class_leads_to_the_contest_that_follows_it(training, worker, officer, factory, as_):  # noqa: F811
    from datetime import date

    from gongchuang.contests import actions as contests
    from gongchuang.contests import following

    contest = contests.create(
        unit=factory, title="焊工跟进赛", kind="labour", level="enterprise", trade="焊工", opens_on=date(2026, 6, 1),
        closes_on=date(2026, 7, 20), held_on=date(2026, 8, 1), by=officer, key="contest",
    )  # fmt: skip
    following.follow(contest, training, by=officer, key="follow")
    page = as_(officer).get(f"/classes/{training.ref}/").content.decode()
    assert f'href="/contests/{contest.ref}/"' in page
    assert "焊工跟进赛" not in as_(worker).get(f"/classes/{training.ref}/").content.decode()
