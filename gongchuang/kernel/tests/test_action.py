"""An action leaves one Event with the digest of every row it changed, and one effect a key."""

import pytest
from django.db import connection, transaction

from gongchuang.kernel import history, search, touched
from gongchuang.kernel.errors import Conflict, NotYours
from gongchuang.kernel.models import Event, EventRow, Seal, SearchWord
from gongchuang.people import actions
from gongchuang.people.models import Person, Unit


def test_each_changed_row_has_its_digest_in_the_event(cast, factory, admin, key):
    person = actions.enrol(factory, name="于海", by=admin, key=key)
    event = Event.objects.get(action="person.enrol", subject_pk=person.pk)
    assert {row.table for row in event.rows.all()} == {"people_person", "people_post"}
    assert event.row_count == 2
    assert event.actor_uid == admin.uid
    assert event.unit_code == "HYFJ"


def test_the_same_key_five_times_is_one_effect(cast, factory, admin, key):
    made = [actions.enrol(factory, name="于海", by=admin, key=key) for _ in range(5)]
    assert {person.pk for person in made} == {made[0].pk}
    assert Person.objects.filter(name="于海").count() == 1


def test_the_same_key_with_other_content_is_refused_and_names_the_first(cast, factory, admin, key):
    first = actions.enrol(factory, name="于海", by=admin, key=key)
    with pytest.raises(Conflict) as refused:
        actions.enrol(factory, name="于洋", by=admin, key=key)
    assert refused.value.subject == first
    assert not Person.objects.filter(name="于洋").exists()


def test_the_same_key_of_two_persons_is_two_keys(cast, factory, admin, officer, key):
    actions.enrol(factory, name="于海", by=admin, key=key)
    actions.enrol(factory, name="于洋", by=officer, key=key)
    assert Person.objects.filter(name__in=["于海", "于洋"]).count() == 2


def test_a_refused_action_leaves_nothing(cast, factory, stranger, key):
    before = Event.objects.count(), Person.objects.count()
    with pytest.raises(NotYours):
        actions.enrol(factory, name="于海", by=stranger, key=key)
    assert (Event.objects.count(), Person.objects.count()) == before


def test_a_row_cannot_be_changed_outside_an_action(cast, factory):
    factory.name = "改名"
    with pytest.raises(touched.OutsideAction), transaction.atomic():
        factory.save()
    factory.refresh_from_db()
    assert factory.name == "海岳风机有限公司"


def test_sealed_events_form_one_chain(cast, factory, admin, key):
    actions.enrol(factory, name="于海", by=admin, key=key)
    assert history.seal() == Event.objects.count()
    assert history.seal() == 0
    seals = list(Seal.objects.order_by("seq"))
    assert seals[0].prev_hash == history.GENESIS
    assert all(after.prev_hash == before.hash for before, after in zip(seals, seals[1:], strict=False))


def test_event_rows_are_append_only(cast, factory):
    row = EventRow.objects.first()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        EventRow.objects.filter(pk=row.pk).update(digest="")
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_eventrow")


def test_searched_fields_are_found_by_any_run_of_characters(cast, factory):

    for word in ("海岳风", "风机", "机", "海岳风机有限", "hyfj"):
        assert list(search.hits(word, Unit.objects.all())) == [factory], word
    assert not search.hits("岳海", Unit.objects.all()).exists()
    assert not search.hits("机风", Unit.objects.all()).exists()
    assert not search.hits("", Unit.objects.all()).exists()
    assert SearchWord.objects.filter(table="people_unit", pk_of_row=factory.pk).exists()
