"""The life of a proposal on one screen; what is still being written is a Draft, not yet a proposal."""

from gongchuang.kernel.flow import Flow, Wait
from gongchuang.kernel.text import Choices, Text

REPLY_DAYS = 3
"""Working days within which a proposal is answered."""
UNDO_SECONDS = 60
"""How long an adoption can be taken back: the bar stands for ten seconds, a slow network gets the rest."""

PROPOSAL = Flow(
    "proposal",
    initial="submitted",
    states={
        "submitted": Text("待回复", "Awaiting reply"),
        "asked": Text("待补充", "More asked"),
        "passed_on": Text("已转交", "Passed on"),
        "adopted": Text("已采纳", "Adopted"),
        "declined": Text("未采纳", "Not adopted"),
        "under_way": Text("实施中", "Under way"),
        "implemented": Text("已实施", "Implemented"),
        "resulted": Text("已成成果", "Became a result"),
        "closed": Text("已归档", "Closed"),
        "withdrawn": Text("已撤回", "Withdrawn"),
    },
    moves={
        "ask": ({"submitted", "passed_on"}, "asked"),
        "answer": ({"asked"}, "submitted"),
        "answer_on": ({"asked"}, "passed_on"),
        "pass_on": ({"submitted", "passed_on"}, "passed_on"),
        "adopt": ({"submitted", "passed_on"}, "adopted"),
        "take_back": ({"adopted"}, "submitted"),
        "take_back_on": ({"adopted"}, "passed_on"),
        "decline": ({"submitted", "passed_on"}, "declined"),
        "withdraw": ({"submitted", "passed_on"}, "withdrawn"),
        "begin": ({"adopted"}, "under_way"),
        "implement": ({"adopted", "under_way"}, "implemented"),
        "become_result": ({"implemented"}, "resulted"),
        "close": ({"implemented"}, "closed"),
    },
    waits={
        "submitted": Wait("adopt", role="leader", over="unit", working_days=REPLY_DAYS, then="officer"),
        "passed_on": Wait("adopt", role="officer", over="handler", working_days=REPLY_DAYS, then="district"),
        "asked": Wait("answer", person="author", working_days=5),
        "adopted": Wait("implement", role="leader", over="unit", working_days=30, then="officer"),
        "under_way": Wait("implement", role="leader", over="unit", working_days=60, then="officer"),
        "implemented": Wait("make_result", role="officer", over="unit", working_days=10),
    },
)

DECLINE_REASONS = Choices(
    [
        ("done_before", Text("已有同样做法", "Done already")),
        ("cost", Text("投入大于收益", "Costs more than it saves")),
        ("safety", Text("有安全或质量风险", "A risk to safety or quality")),
        ("not_now", Text("条件暂不具备", "Not possible for now")),
        ("other", Text("其他", "Other")),
    ]
)
CATEGORIES = Choices(
    [
        ("quality", Text("质量", "Quality")),
        ("efficiency", Text("效率", "Efficiency")),
        ("saving", Text("节约", "Saving")),
        ("safety", Text("安全", "Safety")),
        ("environment", Text("环保", "Environment")),
        ("management", Text("管理", "Management")),
        ("other", Text("其他", "Other")),
    ]
)
