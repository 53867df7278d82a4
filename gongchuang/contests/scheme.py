"""What was announced before a contest (评分规则): criteria, dropped marks, ties. Pure data, read and checked once.

The customary rules of Chinese skill contests (drop the highest and the lowest, ties by declared order) and the
measured/judged aspects of WorldSkills (M by measurement, J by 0–3 against four written descriptions) are options of
one rule set. Numbers are `fractions.Fraction`: exact, rounded once, when shown.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal

from gongchuang.kernel.errors import Refused
from gongchuang.kernel.text import Text

FULL = Fraction(100)
LONGEST_KEY = 40
LARGEST_EXPONENT = 12  # a mark of 1e999999 would fill the memory
JUDGED_TOP = Fraction(3)  # a judged aspect is marked 0, 1, 2 or 3

Kind = Literal["M", "J"]
Best = Literal["high", "low"]
Over = Literal["sheet", "criterion"]


def number(value: object, field_name: str = "") -> Fraction:
    """An exact number out of an int, Decimal, Fraction or text; binary floats are refused because they are not exact."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    try:
        if isinstance(value, str) and "/" in value:
            return Fraction(value.strip())
        if isinstance(value, str | Decimal):
            exact = Decimal(value.strip() if isinstance(value, str) else value)
            if exact.is_finite() and abs(exact.adjusted()) <= LARGEST_EXPONENT:
                return Fraction(exact)
    except (ValueError, ZeroDivisionError, InvalidOperation):
        pass
    raise Refused(Text(f"“{value}”不是精确的数", f"{value!r} is not an exact number"), field=field_name)


def shown(value: Fraction, places: int) -> str:
    """The value with so many decimals, half up: the only place where a score is rounded."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return str(Decimal(whole if value >= 0 else -whole).scaleb(-places))


@dataclass(frozen=True)
class Criterion:
    """One aspect marked (评分项). J aspects are marked 0–3 and count as mark ÷ 3 × maximum."""

    key: str
    label: str
    maximum: Fraction
    kind: Kind = "M"
    weight: Fraction = Fraction(1)
    step: Fraction = Fraction(1)
    part: str = ""
    note: str = ""
    levels: tuple[str, ...] = ()

    @property
    def top(self) -> Fraction:
        """The highest mark a judge can give."""
        return JUDGED_TOP if self.kind == "J" else self.maximum

    def points(self, mark: Fraction) -> Fraction:
        """What a mark adds to the total of 100."""
        return self.weight * (mark / JUDGED_TOP * self.maximum if self.kind == "J" else mark)

    def check(self, mark: Fraction) -> Fraction:
        """The mark itself, or a refusal that says what is allowed."""
        if not 0 <= mark <= self.top:
            raise Refused(
                Text(f"“{self.label}”应在 0 到 {self.top} 之间", f"{self.label}: between 0 and {self.top}"),
                field=self.key,
            )
        if (mark / self.step).denominator != 1:
            raise Refused(Text(f"“{self.label}”以 {self.step} 分为一档", f"{self.label}: in steps of {self.step}"), field=self.key)
        return mark


@dataclass(frozen=True)
class Tie:
    """One step of the declared order among equals: a criterion, a part, or a fact of the entrant such as minutes."""

    by: str
    best: Best = "high"


@dataclass(frozen=True)
class Rules:
    """What was announced before the contest (评分规则): frozen, and named by its digest."""

    criteria: tuple[Criterion, ...]
    drop_high: int = 0
    drop_low: int = 0
    trim_from: int = 0  # fewer marks than this are averaged whole
    least_judges: int = 1
    over: Over = "sheet"
    judged_gap: Fraction | None = None  # J marks further apart than this are talked over and marked again
    ties: tuple[Tie, ...] = ()
    places: int = 2
    outlier: Fraction = Fraction(6)  # a sheet further from the panel's median is tinted, nothing more

    def criterion(self, key: str) -> Criterion:
        """The criterion of that key."""
        found = next((one for one in self.criteria if one.key == key), None)
        if found is None:
            raise Refused(Text(f"规则中没有“{key}”这一项", f"The rules have no criterion {key!r}"), field=key)
        return found

    def as_data(self) -> dict[str, Any]:
        """The rules as JSON, in one canonical form."""
        return {
            "criteria": [
                {
                    "key": one.key,
                    "label": one.label,
                    "kind": one.kind,
                    "maximum": str(one.maximum),
                    "weight": str(one.weight),
                    "step": str(one.step),
                    "part": one.part,
                    "note": one.note,
                    "levels": list(one.levels),
                }
                for one in self.criteria
            ],
            "drop_high": self.drop_high,
            "drop_low": self.drop_low,
            "trim_from": self.trim_from,
            "least_judges": self.least_judges,
            "over": self.over,
            "judged_gap": None if self.judged_gap is None else str(self.judged_gap),
            "ties": [{"by": one.by, "best": one.best} for one in self.ties],
            "places": self.places,
            "outlier": str(self.outlier),
        }

    @property
    def digest(self) -> str:
        """The version of these rules: the same rules always bear the same name."""
        return digest(self.as_data())


def digest(data: object) -> str:
    """SHA-256 of canonical JSON, first 16 hex digits."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_rules(data: Mapping[str, Any]) -> Rules:
    """Rules out of JSON. A scheme that doesn't make 100, or a J aspect without its four descriptions, is refused."""
    try:
        rows = list(data["criteria"])
    except (KeyError, TypeError) as wrong:
        raise Refused(Text("规则缺少 criteria", "The rules lack `criteria`"), field="criteria") from wrong
    criteria = tuple(_read_criterion(row) for row in rows)
    ties = tuple(_read_tie(row) for row in data.get("ties") or [])
    gap = data.get("judged_gap")
    rules = Rules(
        criteria=criteria,
        drop_high=_count(data, "drop_high", 0),
        drop_low=_count(data, "drop_low", 0),
        trim_from=_count(data, "trim_from", 0),
        least_judges=_count(data, "least_judges", 1),
        over=_one_of(data, "over", ("sheet", "criterion"), "sheet"),
        judged_gap=None if gap is None else number(gap, "judged_gap"),
        ties=ties,
        places=_count(data, "places", 2),
        outlier=number(data.get("outlier", 6), "outlier"),
    )
    _check_rules(rules)
    return rules


def _read_criterion(row: Mapping[str, Any]) -> Criterion:
    key = str(row.get("key") or "").strip()
    if not key or len(key) > LONGEST_KEY:
        raise Refused(Text("每个评分项都要有 40 字以内的 key", "Every criterion needs a `key` of at most 40"), field="criteria")
    return Criterion(
        key=key,
        label=str(row.get("label") or key),
        maximum=number(row.get("maximum"), f"{key}.maximum"),
        kind=_one_of(row, "kind", ("M", "J"), "M"),
        weight=number(row.get("weight", 1), f"{key}.weight"),
        step=number(row.get("step", 1), f"{key}.step"),
        part=str(row.get("part") or ""),
        note=str(row.get("note") or ""),
        levels=tuple(str(level).strip() for level in row.get("levels") or []),
    )


def _read_tie(row: Mapping[str, Any] | str) -> Tie:
    if isinstance(row, str):
        return Tie(row)
    return Tie(str(row.get("by") or ""), _one_of(row, "best", ("high", "low"), "high"))


def _count(data: Mapping[str, Any], key: str, default: int) -> int:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 100:
        raise Refused(Text(f"{key} 应是 0 到 100 的整数", f"{key} must be a whole number, 0 to 100"), field=key)
    return value


def _one_of(data: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str) -> Any:
    value = data.get(key, default)
    if value not in allowed:
        choices = "、".join(allowed)
        raise Refused(Text(f"{key} 只能是 {choices}", f"{key} must be one of {', '.join(allowed)}"), field=key)
    return value


def _check_rules(rules: Rules) -> None:
    keys = [one.key for one in rules.criteria]
    if len(keys) != len(set(keys)):
        raise Refused(Text("评分项的 key 重复", "Two criteria bear the same key"), field="criteria")
    for one in rules.criteria:
        if one.maximum <= 0 or one.weight <= 0 or one.step <= 0:
            raise Refused(
                Text(f"“{one.label}”的满分、权重和档距都要大于 0", f"{one.label}: maximum, weight and step above 0"),
                field=one.key,
            )
        if one.kind == "J" and (len(one.levels) != 4 or not all(one.levels)):
            raise Refused(
                Text(
                    f"“{one.label}”是评判项，要写明 0、1、2、3 四档的描述",
                    f"{one.label} is judged: describe its four levels 0, 1, 2, 3",
                ),
                field=one.key,
            )
    full = sum((one.weight * one.maximum for one in rules.criteria), Fraction(0))
    if full != FULL:
        raise Refused(
            Text(f"各项满分乘权重之和应为 100，现在是 {shown(full, 2)}", f"The scheme makes {shown(full, 2)}, not 100.00"),
            field="criteria",
        )
    if rules.least_judges < 1:
        raise Refused(Text("至少要有 1 名评委", "At least one judge is needed"), field="least_judges")
    if max(rules.trim_from, rules.least_judges) <= rules.drop_high + rules.drop_low:
        raise Refused(
            Text("去掉的分数不能多于评委人数减一", "Dropping would leave no mark: raise trim_from or least_judges"),
            field="drop_high",
        )
