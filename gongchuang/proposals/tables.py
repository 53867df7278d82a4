"""How proposals are shown, in every door."""

from gongchuang.kernel.table import Column, Table
from gongchuang.kernel.text import Text
from gongchuang.proposals import flow

PROPOSALS = Table(
    [
        Column("no", Text("编号", "No."), kind="code"),
        Column("title", Text("建议", "Proposal"), link=True),
        Column("unit", Text("单位", "Unit"), kind="unit"),
        Column("author", Text("提出人", "Author"), kind="person"),
        Column("submitted_on", Text("提交日期", "Handed in"), kind="date"),
        Column("replied_on", Text("回复日期", "Replied"), kind="date"),
        Column("state", Text("状态", "State"), kind="state"),
    ],
    joins=("unit", "author__unit"),
)
FACTS = [
    Column("category", Text("类别", "Category"), get=lambda proposal: flow.CATEGORIES.label(proposal.category)),
    Column("place", Text("地点", "Place")),
    Column("expected_saving_fen", Text("预计每年节约", "Expected saving a year"), kind="money"),
    Column("adopted_on", Text("采纳日期", "Adopted"), kind="date"),
    Column("implemented_on", Text("实施日期", "Implemented"), kind="date"),
]
