"""The matchmaker's pages (技术红娘): a need with its ranked candidates and their arithmetic, both sides of a match, the overview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongchuang.indicators import catalogue, reading
from gongchuang.kernel import waiting
from gongchuang.kernel.text import Text
from gongchuang.matchmaker import desk as desks
from gongchuang.matchmaker import flow, ranking, rules, tables
from gongchuang.matchmaker.matching import FLOOR, Reason, leading, whole_parts
from gongchuang.matchmaker.models import TIERS, WAYS, Match
from gongchuang.matchmaker.terms import normalise
from gongchuang.web import batch, faces, looks, shown
from gongchuang.web.spaces import figures, public
from gongchuang.web.walked import Station

SHOWN_TERMS = 7
LATEST = 6
FIGURES = (
    "match_institutions", "match_experts", "match_results", "match_needs", "match_enterprises", "match_needs_matched",
    "match_contracts", "match_benefit",
)  # fmt: skip
KIND_NAMES = {"offer": Text("成果", "Result"), "expert": Text("专家", "Expert"), "studio": Text("工作室", "Studio")}
SAY = {
    "title": Text("技术红娘", "Matchmaker"),
    "lead": Text(
        "到一线听难题，把企业需求和高校、院所、专家、工作室对上，一直跟到见效。",
        "Listens on the line, brings needs together with universities, institutes, experts and studios, and follows to the effect.",
    ),
    "need": Text("需求", "Need"),
    "original": Text("原文", "In full"),
    "abstract_only": Text("这里只有公开摘要。", "This is the public abstract only."),
    "marked": Text("加底色的词出现在双方文字里，参与了排序。", "Marked words stand on both sides and took part in the ranking."),
    "contact": Text("联系人", "Contact"),
    "after_both": Text("双方同意后可见", "Open once both agree"),
    "candidates": Text("候选", "Candidates"),
    "score": Text("相合度", "Score"),
    "put_forward": Text("推荐面谈", "Recommend"),
    "none": Text("没有合适的候选。", "No good match."),
    "none_more": Text(
        "可以等新的成果和专家入库，或请企业把指标写得更具体。", "Wait for new offers and experts, or ask for more exact aims."
    ),
    "word": Text("共同的词", "Shared words"),
    "item": Text("做过的论文或成果", "Their paper or result"),
    "fact": Text("其他事实", "Other facts"),
    "adds_up": Text("各部分相加等于相合度", "The parts add up to the score"),
    "rest": Text("其余", "The rest"),
    "matches": Text("对接情况", "Matches"),
    "no_matches": Text("还没有推荐候选。", "No candidate has been put forward yet."),
    "steps": Text("六步", "Six steps"),
    "both": Text("双方联系方式", "Both sides' contacts"),
    "phone": Text("电话", "Telephone"),
    "solver": Text("对接方", "The other side"),
    "why": Text("当时的理由", "The reasons of that day"),
    "search": Text("搜需求、成果、专家", "Search needs, results, experts"),
    "find": Text("搜索", "Search"),
    "figures": Text("数字", "Figures"),
    "all": Text("全部", "All"),
    "nothing": Text("没有找到。", "Nothing found."),
}


# --------------------------------------------------------------------------------------------------------- six steps


def stations(collected_on: date, match: Match | None, due_on: date | None) -> list[Station]:
    """采集 → 匹配 → 推荐 → 面谈 → 签约 → 见效, each with its day."""
    days = (
        collected_on,
        match.suggested_on if match else None,
        match.recommended_on or match.wanted_on if match else None,
        match.met_on if match else None,
        match.signed_on if match else None,
        match.effective_on if match else None,
    )
    behind = next((at for at, day in enumerate(days) if day is None), len(days))
    return [
        Station(
            label,
            "done" if at < behind else "now" if at == behind else "ahead",
            days[at] if at < behind else due_on if at == behind else None,
        )
        for at, (label, _states) in enumerate(flow.STEPS)
    ]


def furthest(matches: Sequence[Match]) -> Match | None:
    """The match that has come furthest; one that came to nothing only where there is no other."""
    order = list(flow.MATCH.states)
    alive = [match for match in matches if match.state != "declined"]
    return max(alive, key=lambda match: (order.index(match.state), match.pk), default=None)


# ------------------------------------------------------------------------------------------------------- candidates


def bar(points: Sequence[tuple[str, str, float]]) -> SafeString:
    """The score as one bar, a part for each reason; 100 wide means a score of 1."""
    at, parts = 0.0, []
    for css, label, value in points:
        width = max(0.2, 100 * value - 0.5)
        parts.append((f"{at:.2f}", f"{width:.2f}", css, label))
        at += 100 * value
    rects = format_html_join("", '<rect x="{}" width="{}" height="6" class="share-{}"><title>{}</title></rect>', parts)
    said = Text(f"得分由 {len(points)} 部分相加", f"The score is the sum of {len(points)} parts")
    return format_html(
        '<svg class="share-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>', said, rects
    )


def _css(kind: str) -> str:
    return kind if kind in {"word", "item"} else "fact"


def _label(kind: str, label: str, regions: dict[str, str]) -> str:
    if kind == "industry":
        return str(Text(f"同行业：{label}", f"Same industry: {label}"))
    if kind == "region":
        name = regions.get(label, label)
        return str(Text(f"同区市：{name}", f"Same district: {name}"))
    if kind == "rest":
        return str(SAY["rest"])
    return label


def arithmetic(reasons: Sequence[Reason], regions: dict[str, str]) -> dict[str, Any]:
    """Bar and shares of a score: what is shown adds up to 100 %."""
    kept, rest = leading(reasons, SHOWN_TERMS)
    rows = [(_css(one.kind), _label(one.kind, one.label, regions), one.points) for one in kept]
    if rest > 0:
        rows.append(("fact", _label("rest", "", regions), rest))
    shares = whole_parts([points for _, _, points in rows])
    terms = [{"kind": css, "label": label, "share": share} for (css, label, _), share in zip(rows, shares, strict=True) if share]
    return {"bar": bar(rows), "terms": terms}


def _where(one: ranking.Ranked) -> str:
    record = one.record
    unit = getattr(record, "institution", None) or one.solver.unit.enterprise
    title = getattr(record, "title", "") if one.kind == "expert" else record.no
    return " · ".join(str(part) for part in (unit, title) if part)


def _notes(one: ranking.Ranked, need: Any) -> list[dict[str, Any]]:
    notes = []
    if one.contracts_before:
        unit = need.unit
        words = Text(f"经历：曾与{unit}签约 {one.contracts_before} 次", f"Has signed with {unit} {one.contracts_before} times")
        notes.append({"words": words, "is_against": False})
    if one.is_full:
        notes.append({"words": Text(f"不利：手上已有 {one.load} 项，满额", f"Against: {one.load} in hand, no room"), "is_against": True})
    if one.is_own:
        notes.append({"words": Text("不利：就在需求企业内部", "Against: belongs to the enterprise itself"), "is_against": True})
    return notes


def _why(one: ranking.Ranked) -> Text:
    """In a sentence: what both sides speak of, and the item that carries it."""
    words = [reason.label for reason in one.candidate.reasons if reason.kind == "word" and len(reason.label) > 1][:3]
    items = [reason.label for reason in one.candidate.reasons if reason.kind == "item"][:1]
    zh = "；".join([*([f"都谈到 {'、'.join(words)}"] if words else []), *(f"做过《{item}》" for item in items)])
    en = "; ".join([*([f"both speak of {', '.join(words)}"] if words else []), *(f"has done “{item}”" for item in items)])
    return Text(zh, en)


def candidate(one: ranking.Ranked, place: int, need: Any, viewer: Any, regions: dict[str, str]) -> dict[str, Any]:
    name = shown.name_for(viewer, one.solver, need) if one.kind == "expert" else str(one.record)
    return {
        "place": place,
        "name": name,
        "address": f"/{one.record.desk_key}/{one.record.no}/",
        "kind": KIND_NAMES[one.kind],
        "where": _where(one),
        "why": _why(one),
        "score": f"{one.candidate.score:.2f}",
        "notes": _notes(one, need),
        "key": one.key,
        "match": one.match,
        "may_put_forward": one.match is None and not one.is_own and rules.PUT_FORWARD.allows(viewer, need),
        **arithmetic(one.candidate.reasons, regions),
    }


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text with the shared words marked, as long as normalising keeps every character in its place."""
    plain = normalise(text)
    if len(plain) != len(text):
        return format_html("{}", text)
    is_shared = [False] * len(text)
    for word in words:
        at = plain.find(word)
        while at >= 0:
            is_shared[at : at + len(word)] = [True] * len(word)
            at = plain.find(word, at + 1)
    out: list[SafeString] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or is_shared[at] != is_shared[start]:
            piece = text[start:at]
            out.append(format_html("<mark>{}</mark>", piece) if is_shared[start] else format_html("{}", piece))
            start = at
    return SafeString("".join(out))


# ------------------------------------------------------------------------------------------------------------- faces


@faces.of("needs", "record")
def need_record(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    need, viewer = context["record"], request.person
    soon = batch.of(request)
    may_rank = rules.RANK.allows(viewer, need)
    may_read = rules.READ_TEXT.allows(viewer, need)
    ranked, looked_at = ranking.rank(need) if may_rank else ([], 0)
    regions = ranking.region_names() if ranked else {}
    words = [reason.label for one in ranked for reason in leading(one.candidate.reasons, SHOWN_TERMS)[0] if reason.kind == "word"]
    matches = soon(desks.MATCHES.table.rows(desks.MATCHES.rows_for(viewer).filter(need=need)))
    due = soon(waiting.about(need))
    text = need.full.text if may_read else need.abstract
    full = getattr(need, "contact", None) if rules.READ_CONTACT.allows(viewer, need) else None
    return {
        "say": SAY,
        "stations": stations(need.collected_on, furthest(matches), next((row.due_on for row in due), None)),
        "may_rank": may_rank,
        "is_full_text": may_read,
        "text": marked(text, [word for word in words if len(word) > 1]),
        "has_marks": bool(words),
        "contact": full,
        "candidates": [candidate(one, place, need, viewer, regions) for place, one in enumerate(ranked, start=1)],
        "counted": Text(
            f"从 {looked_at} 项成果、专家和工作室里排出，其余相合度低于 {FLOOR:.2f}",
            f"Ranked from {looked_at} offers, experts and studios; the rest score below {FLOOR:.2f}",
        ),
        "matches": [{"record": one, "candidate": _candidate_name(one, viewer), "score": f"{one.score_bp / 10_000:.2f}"} for one in matches],
        "facts": _facts(context["facts"], need, may_read=may_read),
        "acts": [one for one in context["acts"] if one["name"] != "put_forward"],
        "tier": TIERS.label(need.tier),
        "way": WAYS.label(need.way),
        "collected": looks.day_words(need.collected_on),
    }


def _facts(facts: Sequence[dict[str, Any]], need: Any, *, may_read: bool) -> list[dict[str, Any]]:
    """What the enterprise will pay and when it wants it is for those who may read the need in full."""
    open_labels = {str(column.label) for column in tables.NEED_FACTS if column.public or column.key == "indicators"}
    return [
        one
        for one in facts
        if str(one["value"]) not in {need.abstract, str(shown.NOTHING), ""} and (may_read or str(one["label"]) in open_labels)
    ]


def _candidate_name(match: Match, viewer: Any) -> str:
    return shown.name_for(viewer, match.solver, match) if match.expert_id else str(match.candidate)


def _reach(match: Match) -> str:
    """How to reach the other side: the telephone, else the institution."""
    expert = match.expert or getattr(match.solver, "expert", None)
    return match.solver.phone or str(getattr(expert, "institution", None) or match.solver.unit)


@faces.of("matches", "record")
def match_record(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    match, viewer = context["record"], request.person
    is_open = rules.READ_BOTH_SIDES.allows(viewer, match)
    due = batch.of(request)(waiting.about(match))
    regions = ranking.region_names()
    reasons = [Reason(str(kind), str(label), int(points) / 10_000) for kind, label, points in match.reasons]
    return {
        "say": SAY,
        "stations": stations(match.need.collected_on, match, next((row.due_on for row in due), None)) if match.state != "declined" else [],
        "is_open": is_open,
        "need_text": match.need.full.text if is_open else match.need.abstract,
        "contact": match.need.contact if is_open else None,
        "solver_name": match.solver.name if is_open else shown.name_for(viewer, match.solver, match),
        "solver_phone": _reach(match) if is_open else "",
        "candidate": _candidate_name(match, viewer),
        "score": f"{match.score_bp / 10_000:.2f}",
        "arithmetic": arithmetic(reasons, regions) if reasons else None,
        "facts": [one for one in context["facts"] if str(one["value"]) not in {match.need.abstract, str(shown.NOTHING)}],
    }


# ---------------------------------------------------------------------------------------------------------- overview


@require_safe
def page(request: Any) -> HttpResponse:
    """/match/: the figures, one search over needs, results and experts, the latest of each."""
    person, query = request.person, request.GET.get("q", "").strip()[:80]
    root, unit, period = figures.scope_context(request)
    keys = [catalogue.BY_ARTICLE[name].key for name in FIGURES if name in catalogue.BY_ARTICLE]
    found = reading.over_periods(unit, keys, [period], person) if unit is not None else {}
    return render(
        request,
        "match/page.html",
        {
            "say": SAY,
            "query": query,
            "cards": [figures.card(series[-1], root, series) for series in found.values()],
            "groups": public.groups_of(request, (desks.NEEDS, desks.OFFERS, desks.EXPERTS), query, LATEST),
        },
    )
