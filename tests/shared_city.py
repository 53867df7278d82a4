"""A city for several servers on one database, as a program: makes it and prints the tokens of its worker and leader as JSON.

With the word `tasks` it puts tasks into the queue instead, waits, and prints how often each was tried. Used by test_two_servers.py.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

TASKS = 40


def made() -> dict[str, str]:
    from gongchuang.api import tokens
    from gongchuang.cli.database import make_city
    from gongchuang.people import accounts
    from gongchuang.people import actions as people
    from gongchuang.people.models import Account

    make_city()
    city = people.found_city(name="海岳市", code="379900", by=None, key="city")
    admin = people.enrol(city, name="管理员", by=None, key="admin")
    people.appoint(admin, role="admin", over=city, by=None, key="post")
    factory = people.found_unit(city, kind="enterprise", name="海岳风机", by=admin, key="factory")
    team = people.found_unit(factory, kind="team", name="叶轮装配班", by=admin, key="team")
    said = {}
    for login, name in (("worker", "张伟明"), ("leader", "李国栋")):
        person, secret = people.enrol(team, name=name, by=admin, key=name), tokens.Secret()
        if login == "leader":
            people.appoint(person, role="leader", over=team, by=admin, key="leader")
        accounts.open_account(person, login=login, password=accounts.new_password(), by=None, key=f"open {login}")
        account = Account.objects.get(person=person)
        tokens.make_token(account, name="两台", scope="write", secret=secret, by=person, key=f"token {login}")
        said[login] = secret.said
    return said


def tried() -> list[Any]:
    """How often each task of the queue was begun, once all are through or a quarter of a minute is over."""
    from django_ox.models import OxTask

    from gongchuang.cli import tasks

    ids = [tasks.escalate_overdue.enqueue().id for _ in range(TASKS)]
    mine = OxTask.objects.filter(pk__in=ids)
    for _ in range(60):
        if not mine.exclude(status="SUCCESSFUL").exists():
            break
        time.sleep(0.25)
    return [[task.status, task.attempts, len(task.worker_ids)] for task in mine]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(tried() if sys.argv[1:] == ["tasks"] else made()))
