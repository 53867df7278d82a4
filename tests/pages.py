"""Every page there is to look at (所有页面), as whoever uses it: a tiny demo city and what each of its persons may open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client

from gongchuang.cli.demo import city as demo
from gongchuang.desks import DESKS
from gongchuang.indicators import catalogue, tally
from gongchuang.kernel import history
from gongchuang.kernel.desk import Desk
from gongchuang.people.models import Account, Person
from gongchuang.web import imports
from gongchuang.web.door import address
from gongchuang.web.faces import may_create
from gongchuang.web.spaces.figures import TABS

VISITOR = "visitor"
HOUSE = (
    "/", "/figures/", "/report/", "/search/", "/search/?q=焊接", "/search/?q=JY-2026", "/studios/tree/", "/match/", "/help/",
    "/accessibility/", "/feedback/", "/tour/", "/login/", "/readyz",
)  # fmt: skip
SPACES = {
    "worker": ("/me/", "/me/todo/", "/me/messages/", "/me/learning/", "/me/profile/", "/me/bank/"),
    "leader": ("/me/", "/team/inbox/", "/team/inbox/?view=doing", "/team/inbox/?view=all"),
    "officer": ("/org/", "/org/certify/", "/team/inbox/", imports.HOME),
    "finance": ("/org/", "/org/certify/", "/me/todo/"),
    "judge": ("/judge/", "/judge/<contest>/", "/judge/<contest>/<entry>/"),
    "district": ("/fed/cockpit/", "/fed/match/"),
    "city": ("/fed/cockpit/", "/fed/match/", "/org/"),
}
RECORDS = 3  # of each desk and person, in different states


@dataclass(frozen=True)
class Visit:
    """One look: the page's name in the table of budgets, who looks, and where."""

    page: str
    reader: str
    address: str


class City:
    """A tiny demo city with its cast signed in, everything sealed and counted."""

    def __init__(self) -> None:
        self.demo = demo.build(scale=0.0005)
        while history.seal():
            pass
        tally.fold_everything()
        self.persons: dict[str, Person | None] = {VISITOR: None, **self.demo.cast}
        self.clients = {name: self._client(person) for name, person in self.persons.items()}

    def _client(self, person: Person | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(Account.objects.get(person=person))
        return client

    def look(self, visit: Visit) -> tuple[HttpResponse, list[str]]:
        """The page and the statements it took."""
        statements: list[str] = []
        with connection.execute_wrapper(noting(statements)):
            response = self.clients[visit.reader].get(visit.address)
        return response, statements

    def visits(self) -> Iterator[Visit]:
        """Every page of the house, of the spaces, of each figure and of each desk."""
        yield from (Visit(where, reader, where) for where in HOUSE for reader in (VISITOR, "worker", "officer", "city"))
        for reader, pages in SPACES.items():
            yield from (Visit(page, reader, where) for page in pages if (where := self._at(page, reader)))
        for key in catalogue.FIGURES:
            for tab, _ in TABS:
                yield Visit(f"/figures/<key>/?tab={tab}", "officer", f"/figures/{key}/?tab={tab}")
        own = self.demo.enterprises[0].code
        yield from (Visit(f"{page}?unit=", VISITOR, f"{page}?unit={own}") for page in ("/figures/", "/report/"))
        for desk in DESKS:
            yield from self._of_desk(desk)

    def _at(self, page: str, reader: str) -> str:
        if "<contest>" not in page:
            return page
        sheet = self.persons[reader].score_sheets.select_related("contest", "entry").order_by("-pk").first()  # type: ignore[union-attr]
        return page.replace("<contest>", sheet.contest.no).replace("<entry>", str(sheet.entry.code)) if sheet is not None else ""

    def _of_desk(self, desk: Desk) -> Iterator[Visit]:
        for reader, person in self.persons.items():
            yield Visit(f"/{desk.key}/", reader, f"/{desk.key}/")
            if person is None:
                continue
            yield from (
                Visit(f"/{space}/{desk.key}/", reader, f"/{space}/{desk.key}/") for space in ("me", "org", "fed") if space in desk.spaces
            )
            for act in desk.acts:
                if act.creates and may_create(act, person):
                    yield Visit(f"/{desk.key}/{act.name}/", reader, f"/{desk.key}/{act.name}/")
            for record in _of_each_state(desk, person):
                where = address(desk, record)
                yield Visit(f"/{desk.key}/<ref>/", reader, where)
                for act in desk.acts:
                    if not act.creates and act.offered_to(person, record):
                        yield Visit(f"/{desk.key}/<ref>/{act.name}/", reader, f"{where}{act.name}/")


def _of_each_state(desk: Desk, person: Person) -> list[Any]:
    found: dict[str, Any] = {}
    for record in desk.table.rows(desk.rows_for(person)).order_by("-pk")[:40]:
        found.setdefault(getattr(record, "state", ""), record)
    return list(found.values())[:RECORDS]


def chosen(visits: Iterator[Visit], most: int) -> list[Visit]:
    """At most so many looks at each page, those of different readers first."""
    by_page: dict[str, dict[str, list[Visit]]] = {}
    for visit in visits:
        by_page.setdefault(visit.page, {}).setdefault(visit.reader, []).append(visit)
    found = []
    for page, by_reader in by_page.items():
        ordered = [ones[place] for place in range(60) for ones in by_reader.values() if place < len(ones)]
        found += ordered if page.startswith("/figures/<key>/") or page in HOUSE else ordered[:most]
    return found


def noting(statements: list[str]) -> Any:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    return note
