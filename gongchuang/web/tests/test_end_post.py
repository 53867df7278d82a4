"""卸任 on a person's page: offered where there is a post to end, pressed once, told with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from gongchuang.people.models import Person


def test_an_officer_ends_a_post_on_the_persons_page(
    leader: Person, worker: Person, officer: Person, as_: Callable[[Person], Client]
) -> None:
    client, address = as_(officer), f"/people/{leader.ref}/end_post/"
    assert address in client.get(f"/people/{leader.ref}/").content.decode()
    assert f"/people/{worker.ref}/end_post/" not in client.get(f"/people/{worker.ref}/").content.decode()
    page = client.get(address).content.decode()
    assert "班组长 · 叶轮装配班" in page
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key is not None
    post = leader.posts.get(role="leader")
    given = {"key": key.group(1), "post": str(post.uid), "on": "", "reason": ""}
    missing = client.post(address, given)
    assert missing.status_code == 422
    told = client.post(address, {**given, "reason": "轮岗到检测班"}, follow=True).content.decode()
    assert "已卸任" in told and "轮岗到检测班" in told
    assert f'href="{address}"' not in told
    post.refresh_from_db()
    assert post.end_on is not None
