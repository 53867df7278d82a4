"""What the database itself refuses, and what auditors may read (守卫与审计视图)."""

from gongchuang.contests.models import Mark, Recusal, ScoreSheet
from gongchuang.kernel.guards import AppendOnly, LockedWhen, RefuseInsert, View

_CLOSED = "EXISTS (SELECT 1 FROM contests_scoresheet s WHERE s.id = {row}.sheet_id AND s.state <> 'open')"

GUARDS = [
    AppendOnly(Recusal),
    LockedWhen(Mark, _CLOSED.format(row="OLD")),
    RefuseInsert(Mark, "closed", _CLOSED.format(row="NEW"), "the score sheet is locked"),
    LockedWhen(ScoreSheet, "OLD.state IN ('superseded', 'stood_back')"),
    RefuseInsert(
        ScoreSheet,
        "recused",
        "EXISTS (SELECT 1 FROM contests_recusal r WHERE r.entry_id = NEW.entry_id AND r.judge_id = NEW.judge_id)",
        "this judge stands back from this entry",
    ),
]

VIEWS = [
    View(
        "v_score_sheet",
        "SELECT c.no AS contest, s.code AS entry, j.uid AS judge, m.aspect AS aspect, m.thousandths / 1000.0 AS mark, "
        "s.locked_at AS locked_at, s.edition AS version, s.state AS state "
        "FROM contests_mark m JOIN contests_scoresheet s ON s.id = m.sheet_id "
        "JOIN contests_contest c ON c.id = s.contest_id JOIN people_person j ON j.id = s.judge_id "
        "WHERE s.locked_at IS NOT NULL",
    )
]
