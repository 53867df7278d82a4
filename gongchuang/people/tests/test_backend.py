"""Every page asks once who looks: the account, the person and unit, and what today's posts grant."""

from datetime import timedelta

from gongchuang.kernel import clock
from gongchuang.people import accounts, actions
from gongchuang.people.backends import AccountBackend
from gongchuang.people.models import Account, Person


def account_of(person: Person) -> Account:
    accounts.open_account(person, login="who", password=accounts.new_password(), by=None, key="who")
    return Account.objects.get(person=person)


def test_a_signed_in_person_and_their_grants_are_one_query(leader, team, factory, admin, django_assert_num_queries):
    actions.appoint(leader, role="officer", over=factory, by=admin, key="second post")
    account = account_of(leader)
    with django_assert_num_queries(1):
        found = AccountBackend().get_user(account.pk)
        assert found is not None and found.person is not None
        grants = found.person.grants()
        assert found.person.unit == team
    assert sorted(grants) == sorted(Person.objects.get(pk=leader.pk).grants())
    assert {role for role, _, _ in grants} >= {"leader", "officer"}


def test_a_post_that_has_ended_or_not_begun_grants_nothing(leader, team):
    account = account_of(leader)
    leader.posts.update(end_on=clock.today())
    assert AccountBackend().get_user(account.pk).person.grants() == []
    leader.posts.update(start_on=clock.today() + timedelta(days=1), end_on=None)
    assert AccountBackend().get_user(account.pk).person.grants() == []


def test_an_account_without_a_person_and_a_closed_one(worker, admin):
    account = account_of(worker)
    accounts.close_account(worker, by=admin, key="close")
    assert AccountBackend().get_user(account.pk) is None
    assert AccountBackend().get_user(0) is None
    operator = Account.objects.create_user("operator")
    assert AccountBackend().get_user(operator.pk) == operator
