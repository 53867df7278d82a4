"""What the database itself refuses about results, and the auditors' views of them."""

from gongchuang.kernel.guards import LockedWhen, RefuseInsert, RefuseUpdate, View
from gongchuang.results.models import Benefit, BenefitLine, Maker

_CERTIFIED = "EXISTS (SELECT 1 FROM results_benefit b WHERE b.{column} = {row} AND b.state IN ('certified', 'audited'))"
_WHOLE = "NOT EXISTS (SELECT 1 FROM results_maker m WHERE m.result_id = NEW.result_id GROUP BY m.result_id HAVING SUM(m.share_bp) = 10000)"

GUARDS = [
    # A benefit is certified only when its makers' shares are a whole and its lines add up to its sum.
    RefuseUpdate(
        Benefit, "whole_shares", f"NEW.state = 'certified' AND OLD.state <> 'certified' AND {_WHOLE}", "shares must add up to 10000"
    ),
    RefuseUpdate(
        Benefit,
        "sum_of_lines",
        "NEW.state = 'certified' AND OLD.state <> 'certified' AND NOT EXISTS (SELECT 1 FROM results_benefitline l "
        "WHERE l.benefit_id = NEW.id GROUP BY l.benefit_id HAVING SUM(l.amount_fen) = NEW.amount_fen)",
        "lines must add up to the sum",
    ),
    # Nobody certifies what they made.
    RefuseUpdate(
        Benefit,
        "own_work",
        "NEW.certified_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM results_maker m "
        "WHERE m.result_id = NEW.result_id AND m.person_id = NEW.certified_by_id)",
        "nobody certifies their own work",
    ),
    # What finance stands behind does not change under it.
    RefuseUpdate(
        Benefit,
        "certified_sum",
        "OLD.state IN ('certified', 'audited', 'overturned') AND (OLD.amount_fen <> NEW.amount_fen OR OLD.year <> NEW.year "
        "OR OLD.result_id <> NEW.result_id OR OLD.is_owner <> NEW.is_owner)",
        "a certified sum does not change",
    ),
    LockedWhen(BenefitLine, _CERTIFIED.format(column="id", row="OLD.benefit_id")),
    RefuseInsert(BenefitLine, "certified", _CERTIFIED.format(column="id", row="NEW.benefit_id"), "this benefit is certified"),
    LockedWhen(Maker, _CERTIFIED.format(column="result_id", row="OLD.result_id")),
    RefuseInsert(Maker, "certified", _CERTIFIED.format(column="result_id", row="NEW.result_id"), "a benefit of this result is certified"),
]

VIEWS = [
    View(
        "v_proposal",
        "SELECT p.no AS no, u.code AS unit_code, p.state AS state, p.submitted_on AS submitted_on, w.due_on AS due_on, "
        "(SELECT min(r.no) FROM results_result r WHERE r.proposal_id = p.id) AS result "
        "FROM proposals_proposal p JOIN people_unit u ON u.id = p.unit_id "
        "LEFT JOIN kernel_waiting w ON w.\"table\" = 'proposals_proposal' AND w.row_pk = p.id",
    ),
    View(
        "v_result",
        "SELECT r.no AS no, r.kind AS kind, u.code AS unit_code, r.state AS state, COALESCE(d.no, p.no) AS derived_from "
        "FROM results_result r JOIN people_unit u ON u.id = r.unit_id LEFT JOIN results_result d ON d.id = r.derived_from_id "
        "LEFT JOIN proposals_proposal p ON p.id = r.proposal_id",
    ),
    View(
        "v_benefit",
        "SELECT r.no AS result, b.year AS year, b.amount_fen AS amount_fen, b.state AS state, "
        "CAST(p.uid AS VARCHAR(36)) AS certifier, g.name AS overlap_group, b.no AS benefit, b.is_owner AS is_owner, "
        "b.certified_on AS certified_on "
        "FROM results_benefit b JOIN results_result r ON r.id = b.result_id "
        "LEFT JOIN people_person p ON p.id = b.certified_by_id LEFT JOIN results_overlapgroup g ON g.id = b.overlap_group_id",
    ),
]
