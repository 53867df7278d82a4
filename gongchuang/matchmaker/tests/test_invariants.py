"""What verify recounts: it holds after the acts, and names what was changed behind them."""

from datetime import date

from gongchuang.kernel.verify import Break
from gongchuang.matchmaker import actions
from gongchuang.matchmaker.invariants import INVARIANTS
from gongchuang.matchmaker.models import Contract, Match, Need


def breaks():
    return {name: sorted(one.record for one in check() if isinstance(one, Break)) for name, check in INVARIANTS}


def test_they_hold_after_the_acts_and_name_what_breaks_them(benefit, certifier, other_factory):
    actions.confirm(benefit, by=certifier, key="a")
    assert not any(breaks().values())
    match, contract, need = Match.objects.get(), Contract.objects.get(), Need.objects.get()
    Need.objects.update(matched_on=date(2026, 6, 11))
    Match.objects.update(score_bp=1, unit=other_factory)
    Contract.objects.update(signed_on=date(2026, 6, 10))
    assert breaks() == {
        "matchmaker.matched": [need.no],
        "matchmaker.scores": [match.no],
        "matchmaker.signed": [contract.no],
        "matchmaker.sides": [match.no],
    }
