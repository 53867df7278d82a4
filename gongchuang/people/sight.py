"""How much of a person a reader sees (显示与遮蔽): one rule for page, JSON, sheet and paper."""

from __future__ import annotations

from gongchuang.kernel.secret import mask_name
from gongchuang.people.models import Person
from gongchuang.people.unit import ENTERPRISE, at_level


def name_for(viewer: Person | None, person: Person, record: object = None) -> str:
    """A person's name: whole inside their own enterprise and for those over it, masked for everybody else."""
    if viewer is not None and viewer.pk == person.pk:
        return person.name
    unit = person.unit if "unit" in person._state.fields_cache else getattr(record, "unit", None)
    path = getattr(unit, "path", None)
    if viewer is not None and path is not None:
        if at_level(viewer.unit.path, ENTERPRISE) == at_level(path, ENTERPRISE):
            return person.name
        if any(low <= path <= high for role, low, high in viewer.grants() if role != "member"):
            return person.name
    return person.name if person.is_public else mask_name(person.name)
