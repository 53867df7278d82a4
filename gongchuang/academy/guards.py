"""What the database itself keeps of the academies: closed attendance, and views for auditors."""

from gongchuang.academy.models import AcademyFounder
from gongchuang.kernel.guards import AppendOnly, View

GUARDS = [AppendOnly(AcademyFounder)]

VIEWS = [
    View(
        "v_training",
        "SELECT e.uid AS enrolment, c.no AS class, a.no AS academy, u.code AS unit_code, e.person_id AS person, "
        "e.attended_on AS attended_on, e.is_high_skilled AS is_high_skilled, e.sessions_attended AS sessions_attended, "
        "e.hours AS hours, e.state AS state, e.certificate_no AS certificate_no "
        "FROM academy_enrolment e JOIN academy_trainingclass c ON c.id = e.training_id "
        "JOIN academy_academy a ON a.id = c.academy_id JOIN people_unit u ON u.id = e.unit_id",
    ),
    View(
        "v_academy",
        "SELECT a.no AS no, a.name AS name, a.level AS level, a.state AS state, u.code AS unit_code, "
        "a.named_on AS named_on, a.struck_on AS struck_on, a.document_no AS document_no "
        "FROM academy_academy a JOIN people_unit u ON u.id = a.unit_id",
    ),
]
