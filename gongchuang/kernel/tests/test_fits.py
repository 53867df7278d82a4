"""What a column cannot hold is refused in words before the database sees it, on both engines."""

import pytest

from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [("name", "长" * 121, "最多 120 个字，现在 121 个"), ("level", 2**31, "太大"), ("path", 2**63, "太大"), ("path", -(2**63) - 1, "太大")],
)
def test_too_long_or_too_large_names_the_field(factory: Unit, field: str, value: object, said: str) -> None:
    setattr(factory, field, value)
    with pytest.raises(Refused, match=said) as refused:
        factory.save()
    assert refused.value.field == field
    assert Unit.objects.get(pk=factory.pk).version == factory.version, "a refused row keeps its version"
