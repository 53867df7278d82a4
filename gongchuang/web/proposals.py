"""Faces of proposals (建议的页面): the worker's form, the record with its six stations, the success that says what is next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.kernel import clock, files, waiting
from gongchuang.kernel.models import due_on
from gongchuang.kernel.text import Text
from gongchuang.people.models import holders_of
from gongchuang.proposals import flow
from gongchuang.web import batch, desklist, faces, looks, shown, walked


@faces.of("proposals", "record")
def record(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    proposal = context["record"]
    soon = batch.of(request)
    waits, results = soon(waiting.about(proposal)), soon(walked.results_of(proposal))
    remarks = soon(proposal.remarks.select_related("by__unit").order_by("pk"))
    photos = soon(files.of(proposal))
    row, result = next(iter(waits), None), next(iter(results), None)
    who = walked.who_has_it(proposal, row)
    acts = [*making(proposal, request.person), *context["acts"]]
    return {
        "acts": acts,
        "facts": [one for one in context["facts"] if one["value"] != shown.NOTHING],
        "stations": walked.stations(proposal, due_on=getattr(row, "due_on", None), result=result, credited_on=walked.credited_on(result)),
        **walked.now_words(proposal, row, who),
        "photos": [photo(one) for one in photos],
        "is_pair": {one.part for one in photos} >= {"before", "after"},
        "remarks": [
            {"text": one.text, "kind": one.kind, "by": shown.name_for(request.person, one.by, proposal), "at": one.at} for one in remarks
        ],
        "timeline": with_words(context["timeline"], remarks),
        "author": shown.name_for(request.person, proposal.author, proposal),
        "result": result,
        "main_acts": [one for one in acts if one["is_primary"]] or acts[:1],
        "more_acts": [one for one in acts if not one["is_primary"]] if any(one["is_primary"] for one in acts) else acts[1:],
        "has_submit": bool(acts),
        "reason": flow.DECLINE_REASONS.label(proposal.decline_reason) if proposal.decline_reason else "",
        "back": "/me/" if proposal.author_id == getattr(request.person, "pk", None) else "/proposals/",
    }


def making(proposal: Any, person: Any) -> list[dict[str, Any]]:
    """The officer's next step: an implemented proposal becomes a result, without retyping."""
    desk = desklist.by_key().get("results")
    act = desk.act("make") if desk is not None else None
    if act is None or proposal.state != "implemented" or not act.rule.allows(person, proposal.unit):
        return []
    label = Text("登记为成果", "Make it a result")
    return [
        {
            "name": "make",
            "label": label,
            "address": f"/results/make/?proposal={proposal.no}",
            "tone": "btn-primary",
            "is_primary": True,
            "effect": "",
        }
    ]


def photo(one: Any) -> dict[str, Any]:
    """A picture with what it shows in words."""
    when = Text("实施后", "Afterwards") if one.part == "after" else Text("实施前", "Before")
    return {"address": f"/files/{one.uid}/", "caption": str(when), "at": one.added_at, "part": one.part}


def with_words(timeline: list[dict[str, Any]], remarks: Iterable[Any]) -> list[dict[str, Any]]:
    """The timeline with what people said at each step: a remark is written in the same moment as its Event."""
    by_moment = {one.at.replace(microsecond=0): one.text for one in remarks}
    for step in timeline:
        step["words"] = by_moment.get(step["at"].replace(microsecond=0), "")
    return timeline


@faces.of("proposals", "new")
def new(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    role, name, day = answering(request, request.person.unit)
    form = context["form"]
    more = [form[name_] for name_ in form.more if name_ in form.fields]
    return {
        "handed_to": Text(f"交给{role.zh} {name}，{day}前回复", f"Goes to the {role.en} {name}, answer by {day}"),
        "more_fields": more,
        "is_more_open": any(one.errors or one.value() not in (None, "", [], "other") for one in more),
        "back": "/me/",
    }


@faces.done("proposals", "new")
def handed_in(request: Any, proposal: Any) -> Text:
    """已提交 JY-2026-01234。班组长 李国栋 会在 6月10日前回复。"""
    role, name, day = answering(request, proposal.unit)
    return Text(
        f"已提交 {proposal.no}。{role.zh} {name} 会在{day}前回复。", f"Handed in as {proposal.no}. The {role.en} {name} answers by {day}."
    )


@faces.done("proposals", "implement")
def implemented(_request: Any, proposal: Any) -> Text:
    return Text(
        f"已确认 {proposal.no} 实施完成，企业工会会登记为成果。", f"{proposal.no} is confirmed as done; the union makes it a result."
    )


def answering(request: Any, unit: Any) -> tuple[Text, str, str]:
    """Who will answer a proposal handed in today, and by when."""
    soon = batch.of(request)
    over, officers = soon(holders_of(("leader",), unit)), soon(holders_of(("officer",), unit))
    leaders = [one for one in over if one != request.person]
    who = leaders or list(officers)
    role = Text("班组长", "team leader") if leaders else Text("工会干事", "union officer")
    return role, str(who[0].name) if who else "", looks.day_words(due_on(clock.today(), flow.REPLY_DAYS))


@faces.after("proposals", "new")
def after_new(_request: Any, proposal: Any) -> str:
    return f"/proposals/{proposal.ref}/?done=1"


@faces.of("proposals", "list")
def many(_request: Any, context: dict[str, Any]) -> dict[str, Any]:
    if context["space"] == "me":
        return {"back": "/me/"}
    return {}
