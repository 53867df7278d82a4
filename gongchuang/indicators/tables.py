"""How observations are shown."""

from gongchuang.indicators import catalogue
from gongchuang.indicators.models import Observation
from gongchuang.kernel.quantity import count_text, fen_text
from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text


def _figure(record: Observation) -> str:
    definition = catalogue.INDICATORS.get(record.key)
    return str(definition.label) if definition else record.key


def _value(record: Observation) -> str:
    definition = catalogue.INDICATORS.get(record.key)
    return fen_text(record.value) if definition and definition.is_money else count_text(record.value)


OBSERVATIONS = Table(
    [
        Column("figure", Text("指标", "Figure"), get=_figure, link=True, public=True),
        Column("unit", Text("单位", "Unit"), kind="unit", public=True),
        Column("period", Text("期间", "Period"), get=lambda record: record.period.label, public=True),
        Column("value", Text("数值", "Value"), get=_value, public=True),
        Column("source", Text("来源文件", "Source"), public=True),
        Column("source_no", Text("文号", "Document no."), public=True),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    order=("-pk",),
    joins=("unit", "entered_by__unit", "confirmed_by__unit"),
)
FACTS = (
    Column("basis", Text("口径", "Basis"), public=True),
    Column("source_on", Text("文件日期", "Date of the document"), kind="date", public=True),
    Column("note", Text("说明", "Note")),
    Column("entered_by", Text("填报人", "Entered by"), kind="person"),
    Column("confirmed_by", Text("确认人", "Confirmed by"), kind="person"),
)
