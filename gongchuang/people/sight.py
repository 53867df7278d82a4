"""How much of a person a reader sees (显示与遮蔽): one rule for page, JSON, sheet and paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gongchuang.kernel.secret import mask_name
from gongchuang.kernel.text import Text
from gongchuang.people.models import Person
from gongchuang.people.unit import ENTERPRISE, at_level

NOT_OVER: Final = frozenset({"member", "judge", "chief_judge", "expert", "lecturer"})
"""Roles that stand beside a unit, not over its people."""

MASKED: Final = Text(
    "带 * 的姓名已遮蔽：全名只给本企业的人和上级工会看，本人同意公开的除外。",
    "Names with * are masked: whole names are for the same enterprise and the unions above it, unless the person agreed to be public.",
)


def name_for(viewer: Person | None, person: Person, record: object = None) -> str:
    """A person's name: whole inside their own enterprise and for those over it, masked for everybody else."""
    if viewer is not None and viewer.pk == person.pk:
        return person.name
    unit = person.unit if "unit" in person._state.fields_cache else getattr(record, "unit", None)
    path = getattr(unit, "path", None)
    if viewer is not None and path is not None:
        if at_level(viewer.unit.path, ENTERPRISE) == at_level(path, ENTERPRISE):
            return person.name
        if any(low <= path <= high for role, low, high in viewer.grants() if role not in NOT_OVER):
            return person.name
    return person.name if person.is_public else mask_name(person.name)


@dataclass(frozen=True)
class Named:
    """A person in a list with what is said of them there (姓名与份额), such as a maker with the share."""

    person: Person
    words: str = ""

    def for_reader(self, viewer: Person | None, record: object = None) -> str:
        return f"{name_for(viewer, self.person, record)} {self.words}".strip()

    def __str__(self) -> str:
        """Masked, wherever it is not known who reads."""
        return f"{mask_name(self.person.name)} {self.words}".strip()
