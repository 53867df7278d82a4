"""An enterprise's own list of results (成果汇总表): its headings, and what a row says. Pure: lines in, drafts out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from gongchuang.kernel.cells import Cell, filled, plain
from gongchuang.kernel.listed import Fault, Found, Heading, Line
from gongchuang.kernel.quantity import WHOLE_BP
from gongchuang.kernel.text import Text
from gongchuang.people.roster_values import read_day
from gongchuang.results.models import KINDS

HEADINGS: Final = (
    Heading("title", Text("成果名称", "Title"), ("项目名称", "名称", "成果"), is_needed=True),
    Heading("kind", Text("类型", "Kind"), ("成果类型", "类别", "成果类别")),
    Heading("makers", Text("完成人", "Makers"), ("主要完成人", "完成人及贡献", "主创人员"), is_needed=True),
    Heading("problem", Text("解决的问题", "Problem"), ("问题", "现状", "现状分析")),
    Heading("solution", Text("改进措施", "Solution"), ("方案", "内容", "主要内容", "创新点")),
    Heading("used_from_on", Text("启用日期", "In use from"), ("实施日期", "完成日期", "usedfrom")),
    Heading("benefit", Text("年效益", "Benefit a year"), ("经济效益", "年经济效益", "效益", "benefit")),
    Heading("proof", Text("凭据", "Proof"), ("效益证明", "证明材料")),
)
_WAN: Final = re.compile(r"万")
_SHARE: Final = re.compile(r"^(?P<who>.+?)[\s(（]*(?P<share>\d{1,3}(?:\.\d{1,2})?)\s*%[)）]?$")
_APART: Final = re.compile(r"[、，,;；/＋+\n]+")


@dataclass(slots=True)
class Draft:
    """A row as a result may be made of it; makers are still words. `benefit_fen` is the list's own yearly sum."""

    number: int
    title: str = ""
    kind: str = "technical_innovation"
    makers: list[tuple[str, int]] = field(default_factory=list)
    problem: str = ""
    solution: str = ""
    used_from_on: date | None = None
    benefit_fen: int | None = None
    proof: str = ""


def drafted(line: Line, found: Found) -> Draft:
    """What a row says; what cannot be understood becomes a fault of the line."""
    made = Draft(line.number)
    for key, read in READERS.items():
        cell = line.cells.get(key)
        wrong = read(made, cell, found.headings.get(key, ""))
        if wrong is not None:
            expected, cure, group = wrong
            line.faults.append(Fault(found.heading(key, HEADINGS), plain(cell), expected, cure, group))
    return made


Wrong = tuple[Text, Text, str] | None


def _title(made: Draft, cell: Cell, _heading: str) -> Wrong:
    made.title = filled(cell)[:100]
    if not made.title:
        return Text("成果名称", "a title"), Text("填上名称。", "Write the title."), "title"
    return None


def _kind(made: Draft, cell: Cell, _heading: str) -> Wrong:
    said = filled(cell)
    if not said:
        return None
    for code, text in KINDS.choices:
        if said in (code, text.zh, text.en) or text.zh in said:
            made.kind = code
            return None
    names = "、".join(text.zh for _, text in KINDS.choices)
    return Text(names, ", ".join(text.en for _, text in KINDS.choices)), Text("改成其中一种。", "Use one of these."), "kind"


def _makers(made: Draft, cell: Cell, _heading: str) -> Wrong:
    words = [part.strip() for part in _APART.split(filled(cell)) if part.strip()]
    if not words:
        return Text("完成人姓名或工号", "names or work numbers"), Text("填上完成人。", "Name the makers."), "makers"
    shares: list[tuple[str, int | None]] = []
    for word in words:
        match = _SHARE.match(word)
        shares.append((match["who"].strip(), int(Decimal(match["share"]) * 100)) if match else (word, None))
    if all(share is None for _, share in shares):
        each = WHOLE_BP // len(shares)
        made.makers = [(who, WHOLE_BP - each * (len(shares) - 1) if at == 0 else each) for at, (who, _) in enumerate(shares)]
        return None
    made.makers = [(who, share or 0) for who, share in shares]
    if sum(share for _, share in made.makers) != WHOLE_BP or not all(share for _, share in made.makers):
        return (
            Text("贡献比例合计 100%", "shares that add up to 100%"),
            Text("改比例，或都不写。", "Correct them, or leave all out."),
            "shares",
        )
    return None


def _problem(made: Draft, cell: Cell, _heading: str) -> Wrong:
    made.problem = filled(cell)[:1000]
    return None


def _solution(made: Draft, cell: Cell, _heading: str) -> Wrong:
    made.solution = filled(cell)[:2000]
    return None


def _used_from(made: Draft, cell: Cell, _heading: str) -> Wrong:
    if not filled(cell):
        return None
    made.used_from_on, _ = read_day(cell)
    if made.used_from_on is None:
        return Text("日期，如 2024-06-05", "a day, such as 2024-06-05"), Text("改成这样的日期。", "Write it so."), "day"
    return None


def _benefit(made: Draft, cell: Cell, heading: str) -> Wrong:
    said = filled(cell).replace(",", "").removesuffix("元")
    if not said:
        return None
    factor = 10_000 if _WAN.search(heading) or said.endswith("万") else 1
    try:
        fen = Decimal(said.removesuffix("万")) * factor * 100
    except InvalidOperation:
        fen = Decimal("NaN")
    if not fen.is_finite() or fen != fen.to_integral_value() or fen < 0:
        return Text("金额，最多两位小数", "an amount with up to two decimals"), Text("只填数字。", "Write a number only."), "benefit"
    made.benefit_fen = int(fen) or None
    return None


def _proof(made: Draft, cell: Cell, _heading: str) -> Wrong:
    made.proof = filled(cell)[:100]
    return None


READERS: Final[dict[str, Callable[[Draft, Cell, str], Wrong]]] = {
    "title": _title,
    "kind": _kind,
    "makers": _makers,
    "problem": _problem,
    "solution": _solution,
    "used_from_on": _used_from,
    "benefit": _benefit,
    "proof": _proof,
}
