"""A post is ended on the person's page, with day and reason; its rights end with it, and nobody ends their own."""

from datetime import timedelta

import pytest

from gongchuang.kernel import clock
from gongchuang.kernel.errors import NotYours, Refused
from gongchuang.kernel.models import Event
from gongchuang.people import actions
from gongchuang.people.forms import EndPostForm
from gongchuang.people.models import Post


@pytest.fixture
def post(leader) -> Post:
    return leader.posts.get(role="leader")


def test_its_rights_end_on_the_day_and_the_reason_stays(leader, post, officer, key):
    for _ in range(2):
        actions.end_post_of(leader, post=post, reason="轮岗到检测班", by=officer, key=key)
    post.refresh_from_db()
    assert post.end_on == clock.today()
    assert "leader" not in leader.roles() and "member" in leader.roles()
    ended = Event.objects.get(action="person.end_post")
    assert ended.facts["reason"] == "轮岗到检测班"
    assert Event.objects.filter(action="post.end").count() == 1


def test_a_day_before_the_post_began_is_refused_at_the_field(leader, post, officer, key):
    with pytest.raises(Refused) as refused:
        actions.end_post_of(leader, post=post, on=post.start_on - timedelta(days=1), reason="轮岗", by=officer, key=key)
    assert refused.value.field == "on"
    post.refresh_from_db()
    assert post.end_on is None


def test_neither_ones_own_nor_a_strangers(leader, post, officer, stranger, admin, key):
    with pytest.raises(NotYours):
        actions.end_post_of(leader, post=post, reason="轮岗", by=stranger, key=key)
    with pytest.raises(NotYours):
        actions.end_post_of(officer, post=officer.posts.get(role="officer"), reason="轮岗", by=officer, key=key)


def test_another_persons_post_and_being_a_worker_are_no_post_of_theirs(leader, post, worker, officer, key):
    for one in (post, worker.posts.get(role="member")):
        with pytest.raises(Refused):
            actions.end_post_of(worker, post=one, reason="轮岗", by=officer, key=f"{key}-{one.role}")


def test_only_posts_over_units_of_the_presser_stand_in_the_form(cast, leader, post, other_factory, officer, admin, key):
    elsewhere = actions.appoint(leader, role="judge", over=other_factory, by=admin, key=key)
    assert list(EndPostForm(person=officer, record=leader).fields["post"].queryset) == [post]
    assert set(EndPostForm(person=admin, record=leader).fields["post"].queryset) == {post, elsewhere}
    with pytest.raises(NotYours):
        actions.end_post_of(leader, post=elsewhere, reason="轮岗", by=officer, key="elsewhere")
