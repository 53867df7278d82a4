"""Faces of results (成果的页面): the result with its makers and sums, finance's sheet, the forms that need no retyping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongchuang.kernel import files, quantity, together, waiting
from gongchuang.kernel.text import Text
from gongchuang.people.posts import Holds
from gongchuang.results import rules, tables
from gongchuang.results.benefit import COST, decimal_text, working
from gongchuang.results.models import LINE_KINDS, Benefit
from gongchuang.web import batch, faces, rewards, shown

CERTIFIER = Holds("certifier", over="unit")
CERTIFIED = ("certified", "audited")
faces.OPEN["results"] = rules.OPEN


def makers(result: Any, viewer: Any) -> list[dict[str, str]]:
    rows = sorted(result.makers.all(), key=lambda one: (one.place, one.pk))
    return [{"name": shown.name_for(viewer, one.person, result), "share": quantity.percent_text(one.share_bp)} for one in rows]


def pictures(attached: Iterable[Any]) -> list[dict[str, Any]]:
    found = []
    for one in attached:
        when = {"before": Text("改造前", "Before"), "after": Text("改造后", "After")}.get(one.part)
        found.append({"address": f"/files/{one.uid}/", "name": one.name, "caption": when or one.name, "at": one.added_at,
                      "is_picture": one.content_type == "image/jpeg", "size": one.size})  # fmt: skip
    return found


# ------------------------------------------------------------------------------------------------------------- result


@faces.of("results", "record")
def result(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    record, person = context["record"], request.person
    soon = batch.of(request)
    attached = soon(files.of_several([record.proposal, record] if record.proposal_id else [record]))
    together.along(record, [tables.CLAIMS], soon)
    every = sorted(record.benefits.all(), key=lambda one: (-one.year, -one.pk))
    seen = [one for one in every if rules.SEE_BENEFIT.allows(person, one)]
    benefits = [
        {
            "no": one.no,
            "address": f"/benefits/{one.ref}/",
            "year": one.year,
            "amount": one.amount_fen,
            "record": one,
            "on": one.certified_on,
        }
        for one in seen
    ]
    documents = pictures(attached)
    return {
        **rewards.instalments(request, record),
        "makers": makers(record, person),
        "benefits": benefits,
        "certified_fen": sum(one.amount_fen for one in seen if one.state in CERTIFIED),
        "pictures": [one for one in documents if one["is_picture"]],
        "documents": [one for one in documents if not one["is_picture"]],
        "facts": [
            one for one in context["facts"] if one["value"] != shown.NOTHING and str(one["value"]) not in {record.problem, record.solution}
        ],
    }


@faces.of("results", "public")
def public(_request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """What a visitor may read behind a public figure: the open result and its certified sums; no person's name."""
    record = context["record"]
    rows = rules.OPEN_BENEFIT.among(None, Benefit._default_manager.filter(result=record)).order_by("-year")
    benefits = list(rows)
    return {"benefits": benefits, "certified_fen": sum(one.counted_fen for one in benefits)}


@faces.of("results", "make")
def make(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """From a proposal without retyping: the proposal is read beside the form, its makers stand in it."""
    form = context["form"]
    no = form["proposal"].value() or request.GET.get("proposal", "")
    proposal = form.fields["proposal"].queryset.select_related("author", "unit").filter(no=no).first() if no else None
    if proposal is not None and not form.is_bound:
        form.initial.setdefault("proposal", proposal.no)
        form.initial.setdefault("title", proposal.title)
    return {
        "proposal": proposal,
        "pictures": [one for one in pictures(files.of(proposal)) if one["is_picture"]] if proposal is not None else [],
        "back": f"/proposals/{proposal.ref}/" if proposal is not None else "/org/proposals/?state=implemented",
        "more_fields": [form[name] for name in form.more],
        "draft_url": "",
    }


@faces.after("results", "claim")
def after_claim(_request: Any, benefit: Any) -> str:
    return faces.address_of(benefit)


# ------------------------------------------------------------------------------------------------------- benefit sheet


@faces.of("benefits", "record")
def benefit(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """The certifier's page: evidence left, the sum right, the effect above the button."""
    record, person = context["record"], request.person
    soon = batch.of(request)
    proposal = record.result.proposal
    rows, waits = soon(record.lines.select_related("proof").order_by("place")), soon(waiting.about(record))
    attached = soon(files.of_several([one for one in (proposal, record.result, record) if one is not None]))
    before = soon(record.result.benefits.filter(year=record.year - 1, state__in=CERTIFIED).order_by("pk")[:1])
    tasks = soon(waiting.of(person)[:200])
    together.along(record.result, [tables.MAKERS], soon)
    lines, documents, row = list(rows), pictures(attached), next(iter(waits), None)
    acts = context["acts"]
    return {
        "lines": [line_row(one) for one in lines],
        "workings": [{"sum": working(one.line()), "is_cost": one.kind == COST} for one in lines],
        "total_working": total_working(lines) if len(lines) > 1 else "",
        "makers": makers(record.result, person),
        "proposal": proposal,
        "pictures": [one for one in documents if one["is_picture"]],
        "documents": [one for one in documents if not one["is_picture"]],
        "checks": checks(record, lines, next(iter(before), None)),
        "due_on": getattr(row, "due_on", None),
        "since_on": getattr(row, "since_on", None),
        "main_acts": [one for one in acts if one["is_primary"]],
        "more_acts": [one for one in acts if not one["is_primary"]],
        "why_not": why_not(record, person),
        "claimed_by": shown.name_for(person, record.claimed_by, record),
        **neighbours(tasks, record),
    }


def line_row(line: Any) -> dict[str, Any]:
    is_cost = line.kind == COST
    return {
        "kind": LINE_KINDS.label(line.kind),
        "label": line.label,
        "measure": line.measure,
        "before": "" if is_cost else decimal_text(line.before),
        "after": "" if is_cost else decimal_text(line.after),
        "quantity": decimal_text(line.quantity),
        "quantity_measure": line.quantity_measure,
        "price": price_text(line.price_fen),
        "price_source": line.price_source,
        "proof": line.proof_text,
        "proof_address": f"/files/{line.proof.uid}/" if line.proof_id else "",
        "amount": line.amount_fen,
    }


def price_text(price_fen: Any) -> str:
    """A price in yuan with at least two decimals: 86.00, 0.6354."""
    return quantity.fen_text(int(price_fen)) if price_fen % 1 == 0 else f"{price_fen / 100:,.6f}".rstrip("0")


def total_working(lines: list[Any]) -> str:
    """645,000.00 − 45,000.00 = 600,000.00."""
    parts = []
    for at, line in enumerate(lines):
        sign = "−" if line.amount_fen < 0 else "+" if at else ""
        parts.append(f"{sign} {quantity.fen_text(abs(line.amount_fen))}".strip() if sign else quantity.fen_text(line.amount_fen))
    return f"{' '.join(parts)} = {quantity.fen_text(sum(line.amount_fen for line in lines))}"


def checks(record: Any, lines: list[Any], before: Any) -> list[dict[str, Any]]:
    """Against the year before, against other claims of the same yuan, against missing proofs."""
    found = []
    if before is None:
        said = Text("上年没有认证过，无可对照", "nothing was certified the year before")
    else:
        change = quantity.percent_text((record.amount_fen - before.amount_fen) * 10_000 // (before.amount_fen or 1))
        said = Text(
            f"上年认证 {quantity.fen_text(before.amount_fen)} 元，变化 {change}",
            f"{quantity.fen_text(before.amount_fen)} the year before, {change}",
        )
    found.append({"label": Text("对照上年", "Year before"), "said": said, "is_warn": False})
    if record.overlap_group_id:
        said = Text(
            f"归入“{record.overlap_group}”，{'计入' if record.is_owner else '只引用，不计入'}",
            f"in “{record.overlap_group}”, {'counted here' if record.is_owner else 'cited only'}",
        )
        found.append({"label": Text("重复效益", "Overlap"), "said": said, "is_warn": not record.is_owner})
    missing = sum(not line.proof_text and line.proof_id is None for line in lines)
    said = (
        Text(f"有 {missing} 行没有凭据", f"{missing} lines without a proof")
        if missing
        else Text("每行都有凭据", "every line has its proof")
    )
    found.append({"label": Text("凭据", "Proofs"), "said": said, "is_warn": bool(missing)})
    return found


def why_not(record: Any, person: Any) -> Text | None:
    """Why a certifier of this unit may not certify this one: four eyes."""
    if record.state != "checked" or not CERTIFIER.holds(person, record) or rules.CERTIFY.allows(person, record):
        return None
    return Text(
        "您参与、申报或审核过这项成果，不能由您认证。请转给本单位另一位认证员。",
        "You took part in, claimed or checked this one: another certifier of the unit has to certify it.",
    )


def neighbours(tasks: Iterable[Any], record: Any) -> dict[str, Any]:
    """The next and the previous of the same kind among a person's to-dos: J and K."""
    refs = [row.ref for row in tasks if row.desk == "benefits"]
    if record.ref not in refs:
        return {}
    at = refs.index(record.ref)
    return {
        "place": at + 1,
        "places": len(refs),
        "next_address": f"/benefits/{refs[at + 1]}/" if at + 1 < len(refs) else "",
        "previous_address": f"/benefits/{refs[at - 1]}/" if at else "",
    }


@faces.after("benefits", "certify")
def after_certify(request: Any, record: Any) -> str:
    """After one follows the next: a queue is cleared without going back to the list."""
    rows = [row for row in waiting.of(request.person)[:50] if row.desk == "benefits" and row.act == "certify"]
    return f"/benefits/{record.ref}/?left={len(rows)}"
