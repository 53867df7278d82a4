"""One digest of everything protected."""

from gongchuang.kernel import verify
from gongchuang.people import accounts, actions
from gongchuang.people.models import Person


def test_the_digest_changes_with_a_change_and_only_then(worker, cast, key):
    before = verify.digest()
    assert verify.digest() == before
    accounts.open_account(worker, login="worker", password=accounts.new_password(), by=None, key=key)
    assert verify.digest() == before, "an account is not a protected table"
    actions.set_public(worker, is_public=True, by=worker, key=key)
    assert verify.digest() != before


def test_the_digest_sees_a_change_behind_the_application(worker):
    before = verify.digest()
    Person.objects.filter(pk=worker.pk).update(name="别人")
    assert verify.digest() != before
