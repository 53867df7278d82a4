"""Four eyes (四眼): one person, one part on a record, kept by the database."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction

from gongchuang.kernel import touched
from gongchuang.kernel.errors import NotYours
from gongchuang.kernel.history import touch
from gongchuang.kernel.models import Hands
from gongchuang.kernel.text import Text

PARTS = {
    "maker": Text("完成人", "maker"),
    "checker": Text("审核人", "checker"),
    "certifier": Text("认证人", "certifier"),
    "payer": Text("发放人", "payer"),
}


def take(record: models.Model, person: Any, part: str) -> None:
    """Write down that `person` has this part on the record; refused if they already have another. Within an action."""
    held = part_of(record, person)
    if held == part:
        return
    if held:
        mine, wanted = PARTS[held], PARTS[part]
        raise NotYours(Text(f"您是{mine.zh}，不能再当{wanted.zh}。", f"You are the {mine.en} here and cannot also be the {wanted.en}."))
    row = Hands(table=record._meta.db_table, pk_of_row=record.pk, person_uid=person.uid, part=part)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # taken at the same moment by another press: the part that stands decides
        take(record, person, part)
        return
    touch([row])


def part_of(record: models.Model, person: Any) -> str:
    """The part a person has on the record, or empty."""
    rows = Hands.objects.filter(table=record._meta.db_table, pk_of_row=record.pk, person_uid=person.uid)
    return rows.values_list("part", flat=True).first() or ""


def let_go(record: models.Model, part: str) -> None:
    """Take a part away from everybody, when the work begins anew (a returned record is checked by anyone). Within an action."""
    rows = Hands.objects.filter(table=record._meta.db_table, pk_of_row=record.pk, part=part)
    for pk in list(rows.values_list("pk", flat=True)):
        touched.note_gone(Hands._meta.db_table, pk)
    rows.delete()
