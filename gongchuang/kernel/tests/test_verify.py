"""verify names any value changed, deleted or doubled behind the application, with table and record."""

import pytest
from django.db import connection

from gongchuang.kernel import verify
from gongchuang.kernel.models import Event
from gongchuang.people.models import Person, Post


def broken() -> dict[str, list[str]]:
    return {f.name: [f"{b.table}:{b.record} {b.what}" for b in f.breaks] for f in verify.run() if not f.holds}


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_everything_holds_for_a_fresh_city(worker, leader, officer):
    assert broken() == {}


@pytest.mark.parametrize("column, value", [("name", "某人"), ("skill_level", 8), ("is_active", False)])
def test_a_changed_value_is_named(worker, column, value):
    sql(f"UPDATE people_person SET {column} = %s WHERE id = %s", value, worker.pk)
    assert broken() == {"rows:people_person": [f"people_person:{worker.pk} was changed behind the application"]}


def test_a_changed_cipher_text_is_named(cast, factory):
    person = cast.person(factory, "于海", id_number="370102199003072391")
    sql("UPDATE people_person SET id_number = 'a1:00' WHERE id = %s", person.pk)
    assert broken() == {"rows:people_person": [f"people_person:{person.pk} was changed behind the application"]}


def test_a_deleted_row_is_named(worker):
    post = Post.objects.get(person=worker)
    sql("DELETE FROM people_post WHERE id = %s", post.pk)
    assert broken() == {"rows:people_post": [f"people_post:{post.pk} was deleted behind the application"]}


def test_a_doubled_row_is_named(worker, leader):
    post = Post.objects.get(person=worker)
    columns = [field.column for field in Post._meta.concrete_fields if field.name not in {"id", "uid", "role"}]
    sql(
        f"INSERT INTO people_post (uid, role, {', '.join(columns)}) "
        f"SELECT %s, 'officer', {', '.join(columns)} FROM people_post WHERE id = %s",
        "0" * 32 if connection.vendor == "sqlite" else "00000000-0000-0000-0000-000000000000",
        post.pk,
    )
    added = Post.objects.exclude(role__in=["member", "leader", "admin"]).get()
    assert broken() == {"rows:people_post": [f"people_post:{added.pk} was added behind the application"]}


def test_a_changed_event_is_named(worker):
    verify.run()
    event = Event.objects.get(subject_table="people_person", subject_pk=worker.pk)
    sql("UPDATE kernel_event SET action = 'person.invented' WHERE id = %s", event.pk)
    assert broken() == {"chain": [f"kernel_event:{event.pk} differs from what was sealed"]}


def test_a_chain_cut_short_is_seen_by_its_anchor(worker, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        verify.run()
    assert broken() == {}
    last = Event.objects.order_by("-pk").first()
    if connection.vendor == "sqlite":
        sql("DROP TRIGGER guard_kernel_seal_delete")
    else:
        sql("DROP FUNCTION guard_kernel_seal_delete() CASCADE")
    sql("DELETE FROM kernel_seal WHERE event_id = %s", last.pk)
    sql("UPDATE kernel_event SET facts = '{\"x\": 1}' WHERE id = %s", last.pk)
    found = broken()
    assert "anchors" in found
    assert "guards" in found


def test_a_plain_number_stands_nowhere_in_the_database(cast, factory):
    person = cast.person(factory, "于海", id_number="370102199003072391", phone="13853123456")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone, id_index FROM people_person WHERE id = %s", [person.pk])
        stored = " ".join(cursor.fetchone())
    assert "370102199003072391" not in stored and "13853123456" not in stored
    again = Person.objects.by_id_number("37010219900307239１").get()
    assert (again.id_number, again.masked_id) == ("370102199003072391", "3701**********2391")
