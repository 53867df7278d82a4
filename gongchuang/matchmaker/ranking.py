"""The city's own offers, experts and studios as candidates (候选): records to documents, ranked by matching.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Sum, Value

from gongchuang.kernel import clock
from gongchuang.matchmaker.matching import Candidate, Document, Index, Item, whole_parts
from gongchuang.matchmaker.models import AGREED, Expert, ExpertItem, Match, Need, Offer
from gongchuang.people import unit as tree
from gongchuang.people.models import Person, Unit
from gongchuang.studios.models import Studio, StudioResult

type Solver = Offer | Expert | Studio
KINDS = ("offer", "expert", "studio")


@dataclass(frozen=True)
class Ranked:
    """A candidate record with its arithmetic and what speaks for and against it besides words."""

    kind: str
    record: Solver
    candidate: Candidate
    solver: Person
    contracts_before: int
    load: int
    capacity: int | None
    is_own: bool
    match: Match | None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.record.no}"

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.load >= self.capacity


def offers() -> QuerySet[Offer]:
    return Offer.objects.filter(state="published").select_related("owner__unit", "institution")


def experts() -> QuerySet[Expert]:
    on_board = Expert.objects.on_board(clock.today())
    return on_board.select_related("person__unit", "institution").prefetch_related("items")


def studios() -> QuerySet[Studio]:
    return Studio.objects.standing().select_related("leader__unit", "unit").prefetch_related("result_links__result")


def solver_of(record: Solver) -> Person:
    """Who answers for a candidate."""
    if isinstance(record, Offer):
        return record.owner
    return record.person if isinstance(record, Expert) else record.leader


def find(key: str) -> Solver | None:
    """The candidate behind «expert:ZJ-2026-00001», if it can be had today."""
    kind, _, no = key.partition(":")
    if kind == "offer":
        return offers().filter(no=no).first()
    if kind == "expert":
        return experts().filter(no=no).first()
    return studios().filter(no=no).first() if kind == "studio" else None


def need_by_no(no: str) -> Need | None:
    return Need.objects.filter(no=no).select_related("unit", "full").first()


def need_document(need: Need) -> Document:
    full = getattr(need, "full", None)
    aims = "；".join(str(indicator) for indicator in need.indicators.all())
    text = "\n".join(part for part in (full.text if full else need.abstract, aims) if part)
    return Document(need.no, need.title, text, keywords=need.field, industry=need.industry, region=region_of(need.unit.path))


def offer_document(offer: Offer) -> Document:
    return Document(f"offer:{offer.no}", offer.title, offer.text, offer.keywords, offer.industry, region_of(offer.owner.unit.path))


def expert_document(expert: Expert) -> Document:
    items = tuple(Item(item.title, item.text) for item in expert.items.all())
    own = " ".join(part for part in (expert.person.occupation, expert.title) if part)
    region = region_of(expert.person.unit.path)
    return Document(f"expert:{expert.no}", expert.direction, own, expert.keywords, expert.industry, region, items)


def studio_document(studio: Studio) -> Document:
    results = tuple(Item(link.result.title, f"{link.result.problem}\n{link.result.solution}") for link in studio.result_links.all())
    return Document(f"studio:{studio.no}", studio.field, studio.introduction, "", studio.industry, region_of(studio.unit.path), results)


def documents(kinds: Iterable[str] = KINDS) -> tuple[list[Document], dict[str, Solver]]:
    """Every candidate of the city as a document, and the record behind each."""
    found: list[Document] = []
    records: dict[str, Solver] = {}
    sources = {"offer": (offers, offer_document), "expert": (experts, expert_document), "studio": (studios, studio_document)}
    for kind in kinds:
        rows, described = sources[kind]
        for record in rows():  # type: ignore[assignment]
            document = described(record)  # type: ignore[operator]
            found.append(document)
            records[document.id] = record  # type: ignore[assignment]
    return found, records


def index_of(kinds: tuple[str, ...]) -> Index:
    """The city's candidates made ready, kept in this process until one of them changes."""
    stamp = (clock.today(), *_stamps())
    kept = _kept.get(kinds)
    if kept is None or kept[0] != stamp:
        kept = _kept[kinds] = (stamp, Index(documents(kinds)[0]))
    return kept[1]


_kept: dict[tuple[str, ...], tuple[tuple[object, ...], Index]] = {}


def _stamps() -> list[tuple[object, ...]]:
    """What changes whenever a row of the tables does: how many, how often saved, which came last; one query."""
    stamps: list[QuerySet[Any, Any]] = []
    for at, model in enumerate((Offer, Expert, ExpertItem, Studio, StudioResult)):
        rows: QuerySet[Any] = model._base_manager.order_by()
        last = Subquery(rows.order_by("-pk").values("uid")[:1])
        table = rows.annotate(at=Value(at)).values("at")
        stamps.append(table.annotate(count=Count("pk"), versions=Sum("version"), last=last).values_list("at", "count", "versions", "last"))
    first, *others = stamps
    return sorted(first.union(*others, all=True))


def _records(keys: Iterable[str]) -> dict[str, Solver]:
    """The records behind keys such as «expert:ZJ-2026-00001», a query for each kind."""
    numbers: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for key in keys:
        kind, _, no = key.partition(":")
        numbers[kind].append(no)
    rows: list[tuple[str, Solver]] = [("offer", row) for row in offers().filter(no__in=numbers["offer"])]
    rows += [("expert", row) for row in experts().filter(no__in=numbers["expert"])]
    rows += [("studio", row) for row in studios().filter(no__in=numbers["studio"])]
    return {f"{kind}:{row.no}": row for kind, row in rows}


def rank(need: Need, k: int = 10, kinds: Iterable[str] = KINDS) -> tuple[list[Ranked], int]:
    """At most k candidates worth showing (none: «no good match»), and how many were looked at."""
    index = index_of(tuple(kinds))
    good = index.matches(need_document(need), k)
    records = _records([candidate.document.id for candidate in good])
    pairs = [(candidate, records[candidate.document.id]) for candidate in good if candidate.document.id in records]
    return _with_facts(need, pairs), len(index.documents)


def score(need: Need, record: Solver) -> Candidate:
    """The arithmetic of one candidate within the whole city, as kept with a match."""
    wanted = f"{type(record).__name__.lower()}:{record.no}"
    ranked = index_of(KINDS).rank(need_document(need), explain=False)
    place = next(at for at, candidate in enumerate(ranked) if candidate.document.id == wanted)
    return index_of(KINDS).rank(need_document(need), place + 1)[place]


def kept_reasons(candidate: Candidate, most: int = 8) -> tuple[int, list[list[str | int]]]:
    """Score and reasons in basis points, which add up exactly; small terms are gathered in the last row."""
    score_bp = int(candidate.score * 10_000)
    parts = whole_parts([reason.points for reason in candidate.reasons], score_bp)
    rows: list[list[str | int]] = [[reason.kind, reason.label, part] for reason, part in zip(candidate.reasons, parts, strict=True)]
    rest = sum(int(row[2]) for row in rows[most:])
    return score_bp, rows[:most] + ([["rest", "", rest]] if rest else [])


def _with_facts(need: Need, good: list[tuple[Candidate, Solver]]) -> list[Ranked]:
    solvers = {solver_of(record).pk for _candidate, record in good}
    load: dict[int, int] = dict.fromkeys(solvers, 0)
    before: dict[int, int] = dict.fromkeys(solvers, 0)
    existing: dict[tuple[str, int], Match] = {}
    for match in Match.objects.filter(solver__in=solvers).select_related("need"):
        load[match.solver_id] += match.state in AGREED and match.state not in {"signed", "effective"}
        before[match.solver_id] += match.unit_id == need.unit_id and match.signed_on is not None
        if match.need_id == need.pk:
            existing[_slot(match)] = match
    ranked = []
    for candidate, record in good:
        kind = candidate.document.id.partition(":")[0]
        solver = solver_of(record)
        ranked.append(
            Ranked(
                kind,
                record,
                candidate,
                solver,
                before[solver.pk],
                load[solver.pk],
                record.capacity if isinstance(record, Expert) else None,
                is_own=solver.unit.is_inside(need.unit),
                match=existing.get((kind, record.pk)),
            )
        )
    return ranked


def _slot(match: Match) -> tuple[str, int]:
    for kind in KINDS:
        pk = getattr(match, f"{kind}_id")
        if pk:
            return kind, pk
    raise ValueError("a match has one candidate")


def region_of(path: int) -> str:
    """The district a path lies in, as a key; two sides in one district share it."""
    return str(tree.at_level(path, tree.DISTRICT)) if tree.level_of(path) >= tree.DISTRICT else ""


def region_names() -> dict[str, str]:
    """What to call the districts that reasons name by key."""
    return {str(unit.path): str(unit) for unit in Unit.objects.filter(level=tree.DISTRICT)}
