"""Every address and act, for every role in its own, a foreign and a parent unit, answers as the committed table says.

tests/access.csv is changed by hand and reviewed: it says what is right, not what the rules happen to do.
"""

import pytest
from django.db import connection

from tests import rights

# Who revokes an honour depends on its title's level, and the newest one's level on chance; honours' own tests try each level.
BY_LEVEL = {("honours", "revoke")}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="minutes long; the rules' own tests run on both databases")
def test_every_role_gets_what_the_table_says_everywhere():
    answers = {(row["desk"], row["what"]): row for row in rights.table(rights.World())}
    found = {address: row for address, row in answers.items() if address not in BY_LEVEL}
    expected = {(row["desk"], row["what"]): row for row in rights.expected()}
    assert sorted(found) == sorted(expected), "an address or act has no expected rights"
    wrong = [
        f"/{desk}/ {what}, {role}: expected {cell}, got {found[desk, what][role]}"
        for (desk, what), row in expected.items()
        for role, cell in row.items()
        if found[desk, what][role] != cell
    ]
    assert wrong == []
    assert not [row for row in answers.values() if any(" then 5" in cell or "wrote" in cell for cell in row.values())]
