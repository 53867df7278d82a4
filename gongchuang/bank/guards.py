"""What the database itself refuses in the bank, and the auditors' views of it."""

from gongchuang.bank.models import Consumption, Policy, PolicyBand, PolicyPoint, SettlementLine, Transfer
from gongchuang.kernel.guards import AppendOnly, LockedWhen, RefuseInsert, View

_IN_FORCE = "EXISTS (SELECT 1 FROM bank_policy p WHERE p.id = {row}.policy_id AND p.state = 'in_force')"

GUARDS = [
    AppendOnly(Transfer),
    AppendOnly(Consumption),
    AppendOnly(SettlementLine),
    # A transfer's two accounts and the transfer itself have one unit: points and money cannot mix.
    RefuseInsert(
        Transfer,
        "one_currency",
        "NOT EXISTS (SELECT 1 FROM bank_account d JOIN bank_account c ON c.currency = d.currency "
        "WHERE d.id = NEW.debit_id AND c.id = NEW.credit_id AND d.currency = NEW.currency)",
        "points and money never mix",
    ),
    # A reversal is the exact mirror of a transfer that is not itself a reversal (once: UNIQUE).
    RefuseInsert(
        Transfer,
        "mirror",
        "NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM bank_transfer t WHERE t.id = NEW.reverses_id "
        "AND t.debit_id = NEW.credit_id AND t.credit_id = NEW.debit_id AND t.amount = NEW.amount AND t.reverses_id IS NULL)",
        "a reversal mirrors its transfer",
    ),
    # 1%-5% of the 2018 policy, for the plan it is about.
    RefuseInsert(
        PolicyBand,
        "one_to_five_percent",
        "(NEW.rate_bp < 100 OR NEW.rate_bp > 500) AND EXISTS (SELECT 1 FROM bank_policy p WHERE p.id = NEW.policy_id AND p.plan = 'share')",
        "a share must be 1% to 5%",
    ),
    # What is in force is changed by a new version only.
    LockedWhen(Policy, "OLD.state = 'in_force'"),
    LockedWhen(PolicyBand, _IN_FORCE.format(row="OLD")),
    LockedWhen(PolicyPoint, _IN_FORCE.format(row="OLD")),
    RefuseInsert(PolicyBand, "in_force", _IN_FORCE.format(row="NEW"), "this version is in force"),
    RefuseInsert(PolicyPoint, "in_force", _IN_FORCE.format(row="NEW"), "this version is in force"),
]

_OWNER = "CASE WHEN a.person_id IS NULL THEN u.code ELSE CAST(p.uid AS VARCHAR(36)) END"
_ACCOUNT = "bank_account a ON a.id = {side} JOIN people_unit u ON u.id = a.unit_id LEFT JOIN people_person p ON p.id = a.person_id"


def _side(side: str, sign: str) -> str:
    return (
        f"SELECT t.id AS transfer, a.id AS account, {_OWNER} AS owner, t.currency AS unit, {sign}t.amount AS amount, "
        "t.key AS key, t.cause_id AS cause_event, t.reverses_id AS reverses, t.on AS at "
        f"FROM bank_transfer t JOIN {_ACCOUNT.format(side=side)}"
    ).replace("t.on ", 't."on" ')


VIEWS = [
    View("v_ledger_entry", f"{_side('t.debit_id', '-')} UNION ALL {_side('t.credit_id', '')}"),
    View(
        "v_account",
        f"SELECT a.id AS account, a.kind AS kind, {_OWNER} AS owner, a.currency AS unit, "
        "COALESCE((SELECT SUM(t.amount) FROM bank_transfer t WHERE t.credit_id = a.id), 0) - "
        "COALESCE((SELECT SUM(t.amount) FROM bank_transfer t WHERE t.debit_id = a.id), 0) AS balance "
        "FROM bank_account a JOIN people_unit u ON u.id = a.unit_id LEFT JOIN people_person p ON p.id = a.person_id",
    ),
]
