"""How Events and their facts are called on a page (变更记录的用语): what no desk's act and no move of a flow names already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gongchuang.kernel import quantity
from gongchuang.kernel.text import Text

DEEDS: Final[dict[str, Text]] = {
    "account.close": Text("停用账号", "Account closed"),
    "account.open": Text("开通账号", "Account opened"),
    "account.reset_password": Text("重设密码", "Password reset"),
    "contest.keep": Text("保存评分规则", "Rules kept"),
    "due.payment": Text("发放奖励", "Paid"),
    "entry.enter": Text("报名", "Entered"),
    "nomination.recommend": Text("推荐", "Recommended"),
    "patent.file": Text("登记专利", "Patent filed"),
    "person.enrol_many": Text("导入花名册", "Roster brought in"),
    "person.leave": Text("离职", "Left"),
    "person.set_public": Text("公开展示", "Shown in public"),
    "post.appoint": Text("任职", "Appointed"),
    "post.end": Text("免职", "Post ended"),
    "prize.award": Text("登记奖金", "Prize registered"),
    "reference.enter": Text("登记参考值", "Reference entered"),
    "results.import": Text("导入成果", "Results brought in"),
    "results.import_undone": Text("撤销导入", "Import undone"),
    "roster.undo": Text("撤销导入", "Import undone"),
    "scores.import": Text("导入成绩", "Scores brought in"),
    "sheet.enter": Text("代录评分", "Sheet entered"),
    "skill.recommend": Text("推荐技能等级", "Skill level recommended"),
    "spread.offer": Text("推广", "Offered to others"),
    "title.define": Text("设立称号", "Title founded"),
    "token.make": Text("新建密钥", "Key made"),
    "token.revoke": Text("停用密钥", "Key revoked"),
    "unit.found_city": Text("建立城市", "City founded"),
}
MOVES: Final[dict[str, Text]] = {
    "create": Text("建立", "Created"),
    "note": Text("补充说明", "Note"),
    "change": Text("修改", "Changed"),
    "edit": Text("修改", "Changed"),
    "pass_on": Text("转交", "Passed on"),
    "suggest": Text("匹配", "Matched"),
    "escalate": Text("逾期转上级", "Gone up: overdue"),
}
FACTS: Final[dict[str, Text]] = {
    "about": Text("事由", "About"),
    "amount_fen": Text("金额（元）", "Amount (CNY)"),
    "answer": Text("答复", "Answer"),
    "document_no": Text("文号", "Document"),
    "entries": Text("参赛", "Entries"),
    "finding": Text("结论", "Finding"),
    "listed": Text("拟命名", "Listed"),
    "login": Text("账号", "Account"),
    "marked": Text("已评项", "Marked"),
    "marks_version": Text("评分版本", "Version of marks"),
    "named": Text("命名", "Named"),
    "end_on": Text("卸任日期", "Ended on"),
    "note": Text("说明", "Note"),
    "number": Text("编号", "Number"),
    "over": Text("范围", "Over"),
    "persons": Text("人数", "Persons"),
    "points": Text("积分", "Points"),
    "rank": Text("名次", "Rank"),
    "reason": Text("原因", "Reason"),
    "result": Text("成果", "Result"),
    "rules_version": Text("规则版本", "Version of rules"),
    "score_bp": Text("相合度", "Score"),
    "said": Text("说明", "Said"),
    "until": Text("截止", "Until"),
    "voucher_no": Text("凭证号", "Voucher"),
    "words": Text("说明", "Words"),
}


def deed(action: str) -> Text:
    """The name of an Event that neither an act nor a move names."""
    move = action.partition(".")[2]
    return DEEDS.get(action) or MOVES.get(move) or Text(move.replace("_", " "), move.replace("_", " ").capitalize())


def facts(kept: Mapping[str, Any]) -> dict[str, str]:
    """What an Event keeps of itself, in words; keys of rows and codes are no reading matter and are left out."""
    return {str(FACTS[name]): said(name, value) for name, value in kept.items() if name in FACTS and not is_code(name, value)}


def said(name: str, value: Any) -> str:
    if name.endswith("_fen"):
        return quantity.fen_text(int(value))
    if name.endswith("_bp"):
        return quantity.percent_text(int(value))
    return quantity.count_text(value) if isinstance(value, int) else str(value)


def is_code(name: str, value: Any) -> bool:
    text = str(value)
    return value in (None, "") or isinstance(value, dict | list) or (name == "reason" and text.isascii() and " " not in text)
