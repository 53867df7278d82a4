"""The benefit sheet as it is read (效益单): rows, workings and counter-checks for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongchuang.kernel.models import Attachment
from gongchuang.kernel.quantity import fen_text, percent_text, short_fen
from gongchuang.kernel.text import Text
from gongchuang.results import benefit as arithmetic
from gongchuang.results.models import Benefit, BenefitLine


@dataclass(frozen=True, slots=True)
class Row:
    """One number of the sheet: what it is, the number, its unit, and the proof behind it."""

    label: str
    number: str
    measure: str
    proof: str
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A counter-check: holds, or a word of warning."""

    label: str
    text: str
    is_ok: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the right side of the certifying page shows."""

    rows: list[Row]
    workings: list[tuple[str, str]]
    total: str
    short: str
    checks: list[Check]


def sheet(benefit: Benefit) -> Sheet:
    """Read a benefit's lines once, in their order, with proofs joined."""
    lines = list(benefit.lines.select_related("proof").order_by("place"))
    rows = [row for line in lines for row in _rows(line)]
    workings = [_working(line) for line in lines]
    if len(lines) > 1:
        workings.append((_sum(lines), fen_text(benefit.amount_fen)))
    return Sheet(rows, workings, fen_text(benefit.amount_fen), short_fen(benefit.amount_fen), checks(benefit, lines))


def _rows(line: BenefitLine) -> list[Row]:
    yuan = str(Text("元", "yuan"))
    proof, attachment = line.proof_text or (line.proof.name if line.proof else ""), line.proof
    if line.kind == arithmetic.COST and line.quantity == 1:
        return [Row(line.label, _money(line.price_fen), yuan, proof, attachment)]
    rows = []
    if line.kind != arithmetic.COST:
        rows += [
            Row(f"{Text('改前', 'Before:')} {line.label}", arithmetic.decimal_text(line.before), line.measure, proof, attachment),
            Row(f"{Text('改后', 'After:')} {line.label}", arithmetic.decimal_text(line.after), line.measure, proof, attachment),
        ]
    rows.append(Row(f"{line.label} {Text('数量', 'quantity')}", arithmetic.decimal_text(line.quantity), line.quantity_measure, ""))
    per = f"{yuan}/{line.measure}" if line.measure else yuan
    rows.append(Row(f"{line.label} {Text('单价', 'price')}", _money(line.price_fen), per, line.price_source))
    return rows


def _money(price_fen: Decimal) -> str:
    text = f"{price_fen / 100:,.6f}".rstrip("0")
    return text + "0" * max(0, 2 - len(text.split(".")[1]))


def _working(line: BenefitLine) -> tuple[str, str]:
    said, _, amount = arithmetic.working(line.line()).rpartition(" = ")
    return said, amount


def _sum(lines: list[BenefitLine]) -> str:
    parts = [f"{'−' if line.amount_fen < 0 else '+'} {fen_text(abs(line.amount_fen))}" for line in lines]
    return " ".join(parts).removeprefix("+ ")


def checks(benefit: Benefit, lines: list[BenefitLine]) -> list[Check]:
    """What a certifier should look at: proofs, last year's sum, the same yuan elsewhere, an unusual size."""
    without = [line.label for line in lines if not line.proof_text and line.proof_id is None]
    found = [
        Check(
            str(Text("凭据", "Proofs")),
            str(Text("每行都有凭据", "Every line has its proof"))
            if not without
            else str(Text(f"没有凭据：{'、'.join(without)}", f"No proof: {', '.join(without)}")),
            not without,
        )
    ]
    before = (
        Benefit.objects.certified().filter(result=benefit.result_id, year__lt=benefit.year).order_by("-year").first()
    )
    if before is not None and before.amount_fen > 0:
        change = (benefit.amount_fen - before.amount_fen) * 10_000 // before.amount_fen
        said = f"{before.year}: {fen_text(before.amount_fen)}, {'+' if change >= 0 else ''}{percent_text(change)}"
        found.append(Check(str(Text("对照上次", "Last time")), said, abs(change) <= 3_000))
    if benefit.overlap_group_id:
        found.append(_overlap(benefit))
    shares = sum(maker.share_bp for maker in benefit.result.makers.all())
    found.append(Check(str(Text("贡献比例", "Shares")), percent_text(shares), shares == 10_000))
    return found


def _overlap(benefit: Benefit) -> Check:
    others = Benefit.objects.filter(overlap_group=benefit.overlap_group_id, year=benefit.year).exclude(pk=benefit.pk)
    numbers = "、".join(others.values_list("result__no", flat=True))
    if benefit.is_owner:
        return Check(str(Text("重复", "Overlap")), str(Text(f"由本单计入；引用：{numbers or '无'}", f"Counts here; cited by {numbers or 'none'}")), True)
    return Check(str(Text("重复", "Overlap")), str(Text(f"只引用，由别处计入：{numbers}", f"Cited only, counted elsewhere: {numbers}")), False)


