"""Records on which rights are tried: one for each desk and state, in one's own enterprise, made for the try alone.

A record of the demo city is copied, so that its state, its place and the persons it names are said here and nowhere left
to chance. What is staged is rolled back with its try; nothing of it is ever an act.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import models
from django.utils.text import slugify

from gongchuang.academy.models import Academy, Enrolment, LecturerPlace
from gongchuang.bank.models import POINT
from gongchuang.kernel import clock
from gongchuang.kernel.access import AllOf, AnyOf, Is, Relation
from gongchuang.kernel.desk import Act, Desk
from gongchuang.matchmaker.models import NeedText
from gongchuang.people.models import Person, Title, Unit
from gongchuang.results.models import Maker

_number = count(7001)

AT_HOME = {"institutions", "experts", "offers", "feedback"}
"""Nouns of the federation itself: they lie with the city, not in an enterprise."""
DAY, LATER = date(2026, 5, 4), date(2027, 5, 4)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PARENTS = {
    "activities": ["studio"], "sessions": ["training"], "classes": ["academy"], "colleges": ["academy"], "courses": ["academy"],
    "orders": ["academy"], "enrolments": ["training"], "objections": ["nomination"], "nominations": ["round"], "entries": ["contest"],
    "sheets": ["contest"], "contracts": ["match"], "match-benefits": ["contract"], "benefits": ["result"], "spreads": ["result"],
    "matches": ["need"], "transfers": ["credit"],
}  # fmt: skip
"""What a record stands on, staged with it."""
STANDING = {
    "studio": "named", "training": "running", "academy": "named", "nomination": "listed", "round": "open", "contest": "judging",
    "match": "signed", "contract": "", "result": "recognised", "need": "published", "grant": "", "transfer": "",
    "credit": "",
}  # fmt: skip
"""The state a parent is in."""
SAID: dict[str, dict[str, Any]] = {
    "accounts": {"kind": "worker"},
    "needs": {"tier": "registered", "published_by": None, "closed_on": None, "valid_until": LATER, "published_on": DAY},
    "contests": {"released_by": None, "released_on": None},
    "offers": {"published_by": None, "withdrawn_on": None, "published_on": DAY},
    "match-benefits": {"confirmed_by": None, "confirmed_on": None},
    "groups": {"confirmed_by": None, "confirmed_on": DAY, "disbanded_on": None},
    "activities": {"accepted_by": None},
    "mentorships": {"closed_on": None, "closed_by": None},
    "objections": {"decided_by": None, "decided_on": None},
    "sheets": {"locked_at": NOON},
    "academies": {"level": "district", "reviewed_by": None, "named_by": None},
    "studios": {"level": "enterprise", "mother": None, "recommended_by": None, "reviewed_by": None},
    "results": {"is_confidential": False, "proposal": None, "derived_from": None},
    "benefits": {
        "overlap_group": None,
        "supersedes": None,
        "checked_by": None,
    },
    "dues": {"kind": "share", "transfer": None, "payee_unit": None, "approved_by": None, "paid_on": None, "voucher_no": ""},
    "skills": {"certificate_no": ""},
    "classes": {"order": None, "contest_uid": None, "finished_on": None},
    "enrolments": {"certificate_no": "", "certificate_issuer": ""},
    "measures": {"replaces": None, "confirmed_by": None},
    "entries": {"source": None, "code": None, "rank": None, "prize_fen": 0},
    "nominations": {"grant": None, "revoked_on": None, "result": None, "collective": None},
    "rounds": {"named_by": None},
    "institutions": {"left_on": None},
    "experts": {"left_on": None},
    "observations": {"confirmed_by": None},
    "contracts": {"registered_no": ""},
    "proposals": {"handler": None},
    "honours": {"revoked_on": None},
}
"""What a rule or a constraint reads of a record besides its state, said so that the table does not depend on the demo."""

WHEN: dict[tuple[str, str], dict[str, Any]] = {
    ("entries", "placed"): {"rank": 9, "code": None},
    ("nominations", "named"): {"named_on": DAY},
    ("objections", "dismissed"): {"decided_on": DAY, "reply": "查无此事"},
    ("sheets", "open"): {"locked_at": None},
    ("settlements", "preview"): {"approved_by": None},
    ("dues", "to_recover"): {"paid_on": DAY},
    ("classes", "finished"): {"finished_on": DAY},
}
"""What a state asks for besides."""
MORE = {("nominations", "named"): ["grant"], ("dues", "to_recover"): ["transfer"]}
OTHERS = {
    ("benefits", "*"): "certified_by", ("mentorships", "proposed"): "mentor", ("mentorships", "*"): "apprentice", ("plans", "*"): "mentor",
    ("settlements", "approved"): "made_by", ("sheets", "locked"): "judge",
}  # fmt: skip
"""Where the database itself refuses one person in two parts, one of them is somebody else's."""
PATTERN: dict[str, dict[str, Any]] = {
    "accounts": {"kind": "worker", "currency": POINT},
    "transfers": {"credit__kind": "worker", "currency": POINT, "reverses": None},
}
"""Which of the demo's records is copied, where not any will do."""


def personal(relation: Relation) -> list[str]:
    """The fields by which a rule asks whether the record names the person."""
    if isinstance(relation, Is):
        return [relation.path]
    parts = relation.parts if isinstance(relation, AnyOf | AllOf) else ()
    return [path for part in parts for path in personal(part)]


def state_for(desk: Desk, act: Act | None) -> str:
    """The state an act is tried in: the first of those that admit it, in the flow's own order."""
    field = next((one for one in desk.model._meta.concrete_fields if one.name == "state"), None)
    if field is None:
        return ""
    states = [value for value, _ in field.choices or ()]
    if act is not None and act.from_states is not None:
        return next(state for state in states if state in act.from_states)
    seen = {"proposals": "submitted", "needs": "collected", "policies": "proposed", "contests": "draft", "entries": "entered"}
    return seen.get(desk.key, states[0])


class Stage:
    """Makes one record a call; `named` stands where the desk's rule of sight first asks for a person, or everywhere."""

    def __init__(self, own: Unit, foreign: Unit, home: Unit, other: Person, maker: Person) -> None:
        self.own = own
        self.foreign = foreign
        self.home = home
        self.other = other
        self.maker = maker

    def record(self, desk: Desk, state: str, named: Person, everywhere: bool = False) -> Any:
        if desk.key == "people":
            return named
        if desk.key == "units":
            return self.own
        if desk.key == "transfers":  # it names the person by the account it went to
            return self._copy(desk.model, desk.key, "", named, {"person"})
        mine = [*personal(desk.see.relation), *(field.name for field in desk.model._meta.concrete_fields)]
        at = next((path for path in mine if path in _fields(desk.model, Person)), "")
        return self._copy(desk.model, desk.key, state, named, None if everywhere else {at})

    def _copy(self, model: type[models.Model], key: str, state: str, named: Person, fields: set[str] | None) -> Any:
        made = self._pattern(model, key, state)
        made.pk, made.uid = None, clock.new_uid()
        made._state.adding = True
        for field in model._meta.concrete_fields:
            if field.name == "state" and state:
                made.state = state
            elif field.related_model is Unit and field.name == "unit":
                made.unit = self.home if key in AT_HOME else self.own
            elif field.related_model is Unit and field.name == "to_unit":
                made.to_unit = self.foreign
            elif field.related_model is Person and (fields is None or field.name in fields):
                setattr(made, field.name, named)
        if (second := OTHERS.get((key, state)) or OTHERS.get((key, "*"))) and (fields is None or second not in fields):
            setattr(made, second, self.other)
        for name, value in {**SAID.get(key, {}), **WHEN.get((key, state), {})}.items():
            setattr(made, name, value)
        for name in (*PARENTS.get(key, ()), *MORE.get((key, state), ())):
            parent = model._meta.get_field(name).related_model
            assert isinstance(parent, type) and issubclass(parent, models.Model)
            setattr(made, name, self._copy(parent, _key_of(parent), STANDING[name], named, fields))
        if key == "honours":
            made.title = Title.objects.filter(level="enterprise").order_by("pk").first() or _title()
        _make_distinct(made)
        model._base_manager.bulk_create([made])
        self._beside(key, made, named, fields is None)
        return model._base_manager.get(uid=made.uid)

    def _beside(self, key: str, made: Any, named: Person, everywhere: bool) -> None:
        """What a record never is without: a result's maker, a need's full text, a lecturer's academy, a class's trainee."""
        if key == "results":
            Maker._base_manager.bulk_create([Maker(result=made, person=named if everywhere else self.maker, share_bp=10_000)])
        elif key == "needs":
            full: Any = NeedText._base_manager.order_by("pk").first()
            full.pk, full.uid, full.need = None, clock.new_uid(), made
            full._state.adding = True
            NeedText._base_manager.bulk_create([full])
        elif key == "lecturers":
            academy = self._copy(Academy, "academies", "named", self.other, set())
            LecturerPlace._base_manager.bulk_create([LecturerPlace(lecturer=made, academy=academy, since_on=DAY)])
        elif key == "sessions":
            trainee: Any = self._pattern(Enrolment, "enrolments", "signed_up")
            trainee.pk, trainee.uid, trainee.training, trainee.person = None, clock.new_uid(), made.training, named
            trainee._state.adding = True
            Enrolment._base_manager.bulk_create([trainee])

    def _pattern(self, model: type[models.Model], key: str, state: str) -> Any:
        """What is copied: a record in that very state where there is one, so that its dates suit it."""
        rows = model._base_manager.filter(**PATTERN.get(key, {})).order_by("pk")
        found = (rows.filter(state=state).first() if state else None) or rows.first()
        assert found is not None, f"the demo city has no {key} to copy"
        return found


def _title() -> Title:
    made = Title(key="rights-enterprise", name_zh="企业级试验称号", level="enterprise", holder="person")
    Title._base_manager.bulk_create([made])
    return Title.objects.get(key=made.key)


def _fields(model: type[models.Model], related: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if field.related_model is related}


def _key_of(model: type[models.Model]) -> str:
    return str(getattr(model, "desk_key", ""))


def _make_distinct(made: Any) -> None:
    """Give what must be unique a value of its own: a number by its size, words by a number behind them, a day by going on."""
    constrained = [set(one.fields) for one in made._meta.constraints if isinstance(one, models.UniqueConstraint)]
    plain = {field.name: field for field in made._meta.concrete_fields if not field.is_relation and not field.choices}
    wanted = {field.name for field in plain.values() if field.unique and field.name not in ("id", "uid")}
    wanted |= {next((name for name in sorted(names) if name in plain), "") for names in constrained}
    for name in wanted & plain.keys():
        field, number = plain[name], next(_number)
        if name == "period":  # a year of its own
            setattr(made, name, str(number))
            continue
        if isinstance(field, models.SlugField | models.CharField) and getattr(made, name):
            tail = f"-{number}"
            setattr(made, name, f"{getattr(made, name)[: (field.max_length or 40) - len(tail)]}{tail}")
            if isinstance(field, models.SlugField):
                setattr(made, name, slugify(getattr(made, name)))
        elif isinstance(field, models.DateField) and getattr(made, name) is not None:
            setattr(made, name, getattr(made, name) + timedelta(days=number))
        elif isinstance(field, models.IntegerField) and name != "year" and getattr(made, name) is not None:
            setattr(made, name, number)
