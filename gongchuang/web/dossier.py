"""A person's dossier (人才档案): levels, honours, learning, contests, proposals, results, money and studios on one page.

Each part counts what its desk's own rule lets this reader see, so a team leader reads no balance and the person reads all of it.
The counts and the posts are read in one statement; a count opens its records on the same page (?of=<desk>).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from gongchuang.bank.models import POINT
from gongchuang.kernel import quantity
from gongchuang.kernel.desk import Desk
from gongchuang.kernel.table import Table
from gongchuang.kernel.text import Text
from gongchuang.people.posts import ROLES
from gongchuang.web import batch, desklist, faces, listing, shown

SHOWN: Final = 50


@dataclass(frozen=True)
class Part:
    """One part: a desk, the paths by which its records name a person, and what is added up beside the count."""

    desk_key: str
    paths: tuple[str, ...]
    adds: str = ""
    unit: Text | None = None  # what the sum is a sum of; none for money
    where: Q = Q()

    @property
    def desk(self) -> Desk:
        return desklist.by_key()[self.desk_key]

    def rows(self, person: Any, viewer: Any) -> QuerySet[Any]:
        """The records about a person that a reader may see, each once however often it names them."""
        every, named = self.desk.every_row(), Q()
        for path in self.paths:
            named |= Q(pk__in=every.filter(**{path: person}).order_by().values("pk"))
        return self.desk.rows_for(viewer).filter(named, self.where)

    def said(self, many: int, total: int) -> str:
        words = quantity.count_text(many)
        if not self.adds:
            return words
        if self.unit is not None:
            return f"{words} · {quantity.count_text(total)} {self.unit}"
        return f"{words} · {quantity.fen_text(total)} {Text('元', 'CNY')}"


PARTS: Final = (
    Part("skills", ("person",)),
    Part("honours", ("person",)),
    Part("enrolments", ("person",), adds="hours", unit=Text("学时", "hours")),
    Part("entries", ("entrants__person",)),
    Part("proposals", ("author", "coauthors__person")),
    Part("results", ("makers__person",)),
    Part("benefits", ("result__makers__person",), adds="amount_fen", where=Q(state__in=["certified", "audited"], is_owner=True)),
    Part("accounts", ("person",), adds="balance", unit=Text("分", "points"), where=Q(kind="worker", currency=POINT)),
    Part("dues", ("person",), adds="amount_fen", where=Q(state="paid")),
    Part("studios", ("leader", "members__person")),
    Part("groups", ("leader", "members__person")),
    Part("mentorships", ("mentor", "apprentice")),
    Part("plans", ("person",)),
    Part("matches", ("solver",)),
    Part("nominations", ("person",)),
)


def _count(part: Part, person: Any, viewer: Any) -> QuerySet[Any, Any]:
    total: Any = Cast(Sum(part.adds), BigIntegerField()) if part.adds else Value(0, BigIntegerField())
    rows = part.rows(person, viewer).order_by().annotate(part=Value(part.desk_key)).values("part")
    return rows.annotate(many=Count("pk"), total=total).values_list("part", "many", "total")


def counted(person: Any, viewer: Any, soon: Any = lambda rows: rows) -> dict[str, tuple[int, int]]:
    """How many records of each part a reader may see, and what they add up to; empty parts are left out."""
    asked = [soon(_count(part, person, viewer)) for part in PARTS]
    return {key: (many, total or 0) for rows in asked for key, many, total in rows if many}


@faces.of("people", "record")
def record(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    person, viewer, soon = context["record"], request.person, batch.of(request)
    posts = soon(person.posts.select_related("unit").order_by(F("end_on").desc(nulls_first=True), "-start_on", "pk"))
    found = counted(person, viewer, soon)
    asked = request.GET.get("of", "")
    story = [
        {
            "key": part.desk_key,
            "label": part.desk.label,
            "many": found[part.desk_key][0],
            "said": part.said(*found[part.desk_key]),
            "address": f"?of={part.desk_key}#opened",
            "is_open": part.desk_key == asked,
        }
        for part in PARTS
        if part.desk_key in found
    ]
    part = next((one for one in PARTS if one.desk_key == asked and asked in found), None)
    holds = any(one.end_on is None and one.role != "member" for one in posts)
    return {
        "acts": [one for one in context["acts"] if holds or one["name"] != "end_post"],  # nobody is relieved of nothing
        "story": story,
        "opened": opened(part, person, request, found[part.desk_key][0]) if part is not None else None,
        "posts": [{"role": ROLES.label(one.role), "unit": one.unit, "from_on": one.start_on, "to_on": one.end_on} for one in posts],
    }


def opened(part: Part, person: Any, request: Any, count: int) -> dict[str, Any]:
    """The records behind one count, as their own list draws them."""
    desk = part.desk
    table: Table = desk.table
    order = listing.order_for(desk, table, "")
    rows = listing.ordered(table.rows(part.rows(person, request.person)), order)[:SHOWN]
    cells = [shown.row(desk, table, one, request) for one in rows]
    heads = [listing.Head(column) for column in table.columns]
    return {"desk": desk, "label": desk.label, "count": count, "shown": len(cells), "heads": heads, "rows": cells}
