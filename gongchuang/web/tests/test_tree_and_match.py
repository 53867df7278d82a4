"""The lineage and the matchmaker's pages: what stands on them, for whom, and what never does."""

from datetime import date

import pytest
from django.utils import translation

from gongchuang.indicators import actions as figures
from gongchuang.kernel import clock
from gongchuang.matchmaker import actions as matching
from gongchuang.matchmaker.models import Match, Need
from gongchuang.matchmaker.tests.conftest import (  # noqa: F401
    agreed,
    expert,
    institution,
    match,
    matchmaker,
    need,
    next_key,
    offer,
    outside,
    published,
    visit,
    wanted,
)  # fmt: skip
from gongchuang.studios.tests.conftest import applied, applying, master, measure, naming, studio, with_member  # noqa: F401


@pytest.fixture(autouse=True)
def _june():
    with clock.frozen("2026-06-12T09:00"), translation.override("zh-hans"):
        yield


@pytest.fixture
def child(with_member, worker, naming):  # noqa: F811
    made = applied(worker, "张伟明创新工作室", mother=with_member, founded_on=date(2021, 1, 1))
    return naming(made, date(2021, 6, 1))


def test_a_visitor_sees_the_lineage_and_a_card(client, child, studio):  # noqa: F811
    page = client.get("/studios/tree/").content.decode()
    assert page.index("赵铁山创新工作室") < page.index("张伟明创新工作室")
    assert 'data-count="2"' in page
    assert "锥销" not in page
    assert client.get(f"/studios/tree/?at={child.no}").content.decode().count('aria-current="true"') == 1


def test_year_and_district_narrow_the_tree(client, child, cast, city):
    assert 'data-count="1"' in client.get("/studios/tree/?year=2020&view=table").content.decode()
    cast.unit(city, "district", "空区", code="379999")
    assert 'data-count="0"' in client.get("/studios/tree/?district=379999&view=table").content.decode()
    assert client.get("/studios/tree/?year=abcd&district=%00&root=x&at=y").status_code == 200


def test_the_table_has_every_studio_and_the_same_queries(client, child, studio, django_assert_max_num_queries):  # noqa: F811
    client.get("/studios/tree/?view=table")
    with django_assert_max_num_queries(12):
        page = client.get("/studios/tree/?view=table").content.decode()
    assert page.count('class="record-title"') == 2


def test_the_matchmaker_sees_ranked_candidates_whose_shares_add_up(as_, published, expert, offer, matchmaker):  # noqa: F811
    page = as_(matchmaker).get(f"/needs/{published.no}/").content.decode()
    assert page.count('class="candidate-rank"') == 2
    for block in page.split('<p class="terms">')[1:]:
        shares = [int(part.split("%")[0]) for part in block.split("</p>")[0].split("<b>")[1:]]
        assert sum(shares) == 100
    assert "<mark>" in page


def test_one_press_puts_a_candidate_forward(as_, published, expert, matchmaker):  # noqa: F811
    given = {"key": "press-1", "candidate": f"expert:{expert.no}", "next": f"/needs/{published.no}/"}
    client = as_(matchmaker)
    for _ in range(3):
        answer = client.post(f"/needs/{published.no}/put_forward/", given)
    assert answer.headers["Location"] == f"/needs/{published.no}/"
    assert Match.objects.get().state == "recommended"


def test_text_and_contact_stand_on_no_page_they_are_not_for(client, as_, published, match, officer, stranger, expert, worker):  # noqa: F811
    matching.want(match, by=officer, key="w")
    solver, secrets = as_(expert.person), ("炉温", "13812345678", "钱进")
    for visitor in (client, as_(stranger), as_(worker), solver):
        for address in ("/match/", "/needs/", f"/needs/{published.no}/", f"/matches/{match.no}/"):
            page = visitor.get(address).content.decode()
            assert not any(secret in page for secret in secrets), address
    matching.accept(match, by=expert.person, key="a")
    page = solver.get(f"/matches/{match.no}/").content.decode()
    assert all(secret in page for secret in secrets)
    page = as_(officer).get(f"/matches/{match.no}/").content.decode()
    assert all(secret in page for secret in secrets)


def test_a_needs_contact_is_the_advisers_not_the_federations(as_, published, matchmaker, officer, city_officer, district_officer):  # noqa: F811
    address = f"/needs/{published.no}/"
    for one in (matchmaker, officer):
        assert "13812345678" in as_(one).get(address).content.decode()
    for one in (city_officer, district_officer):
        page = as_(one).get(address).content.decode()
        assert "13812345678" not in page and "钱进" not in page
        assert "双方同意后可见" in page


def test_a_need_that_nobody_answers_says_so(as_, need, matchmaker):  # noqa: F811
    from gongchuang.matchmaker import intake

    intake.publish(need, by=matchmaker, key="p")
    assert "没有合适的候选" in as_(matchmaker).get(f"/needs/{need.no}/").content.decode()


def test_a_secret_need_is_not_there_for_outsiders(client, as_, published, stranger):  # noqa: F811
    Need.objects.update(tier="secret")
    missing = client.get("/needs/XQ-2026-99999/")
    assert client.get(f"/needs/{published.no}/").status_code == missing.status_code == 404
    assert as_(stranger).get(f"/needs/{published.no}/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_overview_opens_in_both_languages(client, published, offer, language):  # noqa: F811
    page = client.get(f"/match/?lang={'en' if language == 'en' else 'zh'}").content.decode()
    assert published.title in page
    assert offer.title in page


def test_a_team_measure_shows_its_formula_beside_the_nation(as_, city, measure, leader):  # noqa: F811
    figures.refer(
        city, reference="national.output_per_head", year=2023, value=16_161_500, source="国家统计局", published_on=date(2024, 2, 29),
        by=None, key="nation",
    )  # fmt: skip
    page = as_(leader).get(f"/measures/{measure.no}/").content.decode()
    assert "30 ÷ 31 = 96.77%" in page
    assert "38,000,000.00 ÷ 10.0 = 3,800,000.00" in page
    assert "2023 年 161,615.00 元/人的 23.5 倍" in page
    assert "口径不同" in page
