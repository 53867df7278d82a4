import pytest

from gongchuang.people.models import Person
from gongchuang.proposals import actions
from gongchuang.proposals.models import Proposal

PROBLEM = "喷完漆的叶片放上转运架，过道口一颠就磕边。"
IDEA = "横杆套上聚氨酯护套，用检测班的边角料。"


@pytest.fixture
def proposal(worker: Person, leader: Person, officer: Person) -> Proposal:
    return actions.submit(worker.unit, problem=PROBLEM, idea=IDEA, by=worker, key="proposal")


@pytest.fixture
def adopted(proposal: Proposal, leader: Person) -> Proposal:
    return actions.adopt(proposal, by=leader, key="adopted")
