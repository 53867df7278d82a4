"""The 1+N lineage as a page (传承树): a tree from left to right, an indented list on phones, a table beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongchuang.indicators.lookup import reference_on
from gongchuang.kernel import clock, quantity
from gongchuang.kernel.text import Text
from gongchuang.people.desk import UNITS
from gongchuang.studios import lineage, team
from gongchuang.studios.desk import ACTIVITIES, STUDIOS
from gongchuang.studios.models import LEVELS, SILENT_DAYS, Studio
from gongchuang.web import batch, faces

MOST_DRAWN = 200
MOST_CHILDREN = 8
DISTRICTS = ("district", "zone", "industry_union", "direct")
SAY = {
    "title": Text("1+N 传承树", "1+N lineage"),
    "lead": Text(
        "职工在工作室里成长，再领衔一个新的工作室。线从母工作室连到它带出来的工作室。",
        "Workers grow in a studio and then lead a new one. Lines run from a mother studio to those that grew out of it.",
    ),
    "as_table": Text("看表格", "As a table"),
    "as_tree": Text("看传承树", "As a tree"),
    "download": Text("下载 XLSX", "Download XLSX"),
    "filter": Text("筛选", "Filter"),
    "district": Text("区市", "District"),
    "everywhere": Text("全部区市", "All districts"),
    "year": Text("年份", "Year"),
    "apply": Text("查看", "Show"),
    "empty": Text("还没有工作室带出新的工作室。", "No studio has grown out of another yet."),
    "whole": Text("看全部传承", "The whole lineage"),
    "studio": Text("工作室", "Studio"),
    "unit": Text("单位", "Unit"),
    "level": Text("级别", "Level"),
    "mother": Text("母工作室", "Grown out of"),
    "generation": Text("第几代", "Generation"),
    "children": Text("带出", "Grew out of it"),
    "members": Text("成员", "Members"),
    "field": Text("攻关方向", "Tackles"),
    "results": Text("成果", "Results"),
    "benefit": Text("认证效益", "Certified benefit"),
    "founded": Text("成立", "Founded"),
    "recent": Text("近期活动", "Recent activities"),
    "nothing": Text("近期没有活动记录", "No activity on record"),
    "back": Text("工作室", "Studios"),
}


@dataclass
class Node:
    """A studio as the tree draws it, with the nodes that grow out of it."""

    studio: Studio
    depth: int
    is_silent: bool
    children: list[Node] = field(default_factory=list)
    hidden: int = 0
    child_count: int = 0

    @property
    def small(self) -> str:
        """海岳风机 · 2016年 · 市级 · 14 人; a silent one says so instead."""
        if self.is_silent:
            return str(Text(f"{self.studio.unit} · 12 个月没有活动", f"{self.studio.unit} · no activity for 12 months"))
        year, people = self.studio.founded_on.year, self.studio.member_count  # type: ignore[attr-defined]
        level = self.studio.level_text
        return str(
            Text(
                f"{self.studio.unit} · {year}年 · {level.zh} · {people}\u00a0人",
                f"{self.studio.unit} · {year} · {level.en} · {people}\u00a0people",
            )
        )


@faces.of("studios", "list")
def studios_list(_request: Any, _context: dict[str, Any]) -> dict[str, Any]:
    return {"tools": [{"address": "/studios/tree/", "label": SAY["title"]}]}


@faces.of("measures", "record")
def measure_record(_request: Any, context: dict[str, Any]) -> dict[str, Any]:
    """A team's measure beside the nation's figure: formula, source, year, and a word where the bases differ."""
    measure = context["record"]
    tenths_of_heads = f"{measure.heads_tenths // 10}.{measure.heads_tenths % 10}"
    facts = [
        {
            "label": Text("智能化率", "Automation"),
            "value": f"{measure.stations_automated} ÷ {measure.stations_total} = {quantity.percent_text(measure.automation_bp)}",
        },
        {
            "label": Text("人均产出（元）", "Output per head (CNY)"),
            "value": f"{quantity.fen_text(measure.output_fen)} ÷ {tenths_of_heads} = {quantity.fen_text(measure.output_per_head_fen)}",
        },
    ]
    nation = reference_on("national.output_per_head", measure.ends_on)
    if nation is not None:
        tenths = team.multiple_tenths(measure.output_per_head_fen, nation.value)
        yuan = quantity.fen_text(nation.value)
        value = Text(
            f"{nation.year} 年 {yuan} 元/人的 {tenths // 10}.{tenths % 10} 倍（{nation.source}）。",
            f"{tenths // 10}.{tenths % 10} times {yuan} CNY a person in {nation.year} ({nation.source}).",
        )
        if measure.basis != "value_added":
            value = Text(f"{value.zh}全国按增加值计算，口径不同。", f"{value.en} The nation's is of value added: the bases differ.")
        facts.append({"label": Text("与全国相比", "Beside the nation"), "value": value})
    return {"facts": [*facts, *context["facts"]]}


@require_safe
def page(request: Any) -> HttpResponse:
    """/studios/tree/?district=&year=&root=&at=&view=table."""
    day = _day(request.GET.get("year", ""))
    soon = batch.of(request)
    rows = STUDIOS.rows_for(request.person).standing_on(day)  # type: ignore[attr-defined]
    by_level = soon(rows.order_by().values_list("level").annotate(n=Count("pk")))
    districts = soon(UNITS.rows_for(request.person).filter(kind__in=DISTRICTS).order_by("path"))
    district = next((one for one in districts if one.code == request.GET.get("district")), None)
    in_all = sum(n for _, n in by_level)
    if district is not None:
        rows = rows.filter(unit__path__range=district.span())
    studios = {one.pk: one for one in rows.with_counts(day).select_related("unit", "mother", "leader")}
    branches = _branches(studios)
    root = next((one.pk for one in studios.values() if one.no == request.GET.get("root")), None)
    is_table = request.GET.get("view") == "table"
    nodes, left_out = _drawn(branches, studios, root, day, has_all=is_table)
    shown = [node for tree in nodes for node in _flat(tree)]
    chosen = _chosen(request.GET.get("at", ""), shown)
    return render(
        request,
        "studios/tree.html",
        {
            "say": SAY,
            "trees": nodes,
            "rows": shown,
            "is_table": is_table,
            "districts": districts,
            "district": district,
            "years": range(clock.today().year, clock.today().year - 6, -1),
            "year": day.year,
            "root": root,
            "chosen": _card(request, chosen, day) if chosen else None,
            "query": _query(request),
            "count": Text(f"{in_all} 个工作室里的 {len(shown)} 个", f"{len(shown)} of {in_all} studios"),
            "left_out": Text(f"还有 {left_out} 个没有画出", f"{left_out} more are not drawn") if left_out else None,
        },
    )


def _day(year: str) -> date:
    """The last day of a year, or today."""
    today = clock.today()
    if year.isdigit() and len(year) == 4 and int(year) < today.year:
        return date(int(year), 12, 31)
    return today


def _branches(studios: dict[int, Studio]) -> list[lineage.Branch]:
    """Every tree, the largest first; within a tree the older studio first."""
    parents = {pk: studio.mother_id for pk, studio in studios.items()}
    ages = {pk: (studio.founded_on, studio.no) for pk, studio in studios.items()}
    trees = lineage.forest(parents, lambda nodes: sorted(nodes, key=ages.__getitem__))
    return sorted(trees, key=lambda tree: -tree.size)


def _drawn(
    branches: list[lineage.Branch], studios: dict[int, Studio], root: int | None, day: date, *, has_all: bool
) -> tuple[list[Node], int]:
    """What is drawn: one lineage that was asked for, or those with descendants; the table has every studio."""
    if root is not None:
        wanted = [branch for branch in lineage.indented(branches) if branch.id == root]
    else:
        wanted = branches if has_all else [branch for branch in branches if branch.children]
    shown, left_out = lineage.limited(wanted, MOST_DRAWN if not has_all else len(studios) + 1)
    most = None if has_all or root is not None else MOST_CHILDREN
    return [_node(branch, studios, day, most) for branch in shown], left_out


def _node(branch: lineage.Branch, studios: dict[int, Studio], day: date, most: int | None) -> Node:
    studio = studios[branch.id]
    held_on, named_on = studio.last_held_on, studio.named_on  # type: ignore[attr-defined]
    last = max(one for one in (held_on, named_on, studio.founded_on) if one)
    node = Node(studio, branch.depth, is_silent=(day - last).days > SILENT_DAYS, child_count=len(branch.children))
    kept = branch.children if most is None else branch.children[:most]
    node.children = [_node(child, studios, day, most) for child in kept]
    node.hidden = len(branch.children) - len(kept)
    return node


def _flat(node: Node) -> list[Node]:
    return [node, *(one for child in node.children for one in _flat(child))]


def _chosen(no: str, shown: list[Node]) -> Node | None:
    return next((node for node in shown if node.studio.no == no), shown[0] if shown else None)


def _card(request: Any, node: Node, day: date) -> dict[str, Any]:
    studio = node.studio
    soon = batch.of(request)
    held = ACTIVITIES.rows_for(request.person).filter(studio=studio, state="accepted", held_on__lte=day)
    activities = soon(held.order_by("-held_on", "-pk")[:3])
    results = soon(studio.result_links.filter(result__state="recognised").values_list("pk"))
    return {
        "studio": studio,
        "node": node,
        "level": LEVELS.label(studio.level),
        "results": len(results),
        "benefit_fen": studio.certified_benefit_fen(),
        "children": node.child_count,
        "activities": activities,
    }


def _query(request: HttpRequest) -> str:
    """The filters in force, to be kept by every link of the page."""
    kept = request.GET.copy()
    for gone in ("at", "view", "root"):
        kept.pop(gone, None)
    return f"{kept.urlencode()}&" if kept else ""
