"""What verify recounts: it holds after the acts, and names what was changed behind them."""

from datetime import date

from gongchuang.kernel.verify import Break
from gongchuang.studios import actions
from gongchuang.studios.invariants import INVARIANTS
from gongchuang.studios.models import ActivityPart, Studio, StudioMember


def breaks():
    return {name: sorted(one.record for one in check() if isinstance(one, Break)) for name, check in INVARIANTS}


def test_they_hold_after_the_acts_and_name_what_breaks_them(activity, officer, worker, studio):
    actions.accept_activity(activity, by=officer, key="a")
    assert breaks() == {"studios.forest": [], "studios.leaders": [], "studios.attended": []}
    ActivityPart.objects.all().delete()
    StudioMember.objects.filter(part="leader").update(part="core")
    other = Studio.objects.get(pk=studio.pk)
    other.pk, other.no, other.level, other.name, other.mother = None, "GZ-2026-99999", "district", "乙", studio
    other.uid = "00000000-0000-7000-8000-000000000001"
    Studio.objects.bulk_create([other])
    Studio.objects.filter(pk=studio.pk).update(mother=other.pk, named_on=date(2018, 3, 1))
    assert breaks() == {
        "studios.forest": [studio.no, other.no],
        "studios.leaders": [studio.no, other.no],
        "studios.attended": [activity.no],
    }
