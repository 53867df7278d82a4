"""How a record is shown (列表): one Table for page, JSON, sheet and paper alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from gongchuang.kernel.text import Text
from gongchuang.kernel.waiting import along

KINDS = frozenset({"text", "number", "money", "date", "moment", "person", "unit", "state", "percent_bp", "list", "code", "persons"})


@dataclass(frozen=True)
class Column:
    """One column: where its value comes from and what kind of value it is."""

    key: str
    label: Text
    kind: str = "text"
    get: Callable[[Any], Any] | str | None = None
    link: bool = False
    total: bool = False
    public: bool = False
    adds: Any = None  # the database's expression for a computed value with a total

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.key}: unknown kind {self.kind}")

    def value(self, record: Any) -> Any:
        """The plain value: fen for money, a date for dates, the Unit or Person itself for those."""
        if callable(self.get):
            return self.get(record)
        return along(record, self.get or self.key)

    @property
    def is_numeric(self) -> bool:
        return self.kind in {"number", "money", "percent_bp"}


@dataclass(frozen=True)
class Table:
    """The columns of a noun, its order, and the joins that keep a page at few queries."""

    columns: Sequence[Column]
    order: Sequence[str] = ("-pk",)
    joins: Sequence[str] = ()
    prefetch: Sequence[str | Prefetch[Any]] = field(default=())

    def rows(self, queryset: Any) -> Any:
        """The queryset with its joins, in the table's order."""
        if self.joins:
            queryset = queryset.select_related(*self.joins)
        if self.prefetch:
            queryset = queryset.prefetch_related(*self.prefetch)
        return queryset.order_by(*self.order)

    def public(self) -> Table:
        return Table([column for column in self.columns if column.public], self.order, self.joins, self.prefetch)

    @property
    def title(self) -> Column:
        """The column that opens the record."""
        return next((column for column in self.columns if column.link), self.columns[0])
