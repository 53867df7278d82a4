"""The demo city's bank (账): funds filled, rewards approved and paid, points redeemed at each year's end."""

from __future__ import annotations

from datetime import date

from gongchuang.bank import actions, settlement
from gongchuang.bank.models import Account, Due
from gongchuang.cli.demo.city import City
from gongchuang.kernel import clock
from gongchuang.kernel.errors import Refused
from gongchuang.people.models import Unit

YEARLY_FUND_FEN = 600_000_00
CITY_FUND_FEN = 3_000_000_00


def build(city: City) -> None:
    years = range(city.begins_on.year, city.today.year + 1)
    for year in years:
        with city.on(max(city.begins_on, date(year, 1, 20)), hour=9):
            for enterprise in city.enterprises:
                actions.fill_fund(
                    enterprise, amount_fen=YEARLY_FUND_FEN, document_no=f"财〔{year}〕3号", by=city.certifiers[enterprise.pk],
                    key=city.key(),
                )  # fmt: skip
            actions.fill_fund(city.root, amount_fen=CITY_FUND_FEN, document_no=f"海工财〔{year}〕1号", by=city.cast["city"], key=city.key())
    for due in Due.objects.filter(state="due").select_related("unit", "person", "policy").order_by("pk"):
        _pay(city, due)
    for year in list(years)[:-1]:
        _year_end(city, year)
    _redeemed(city)


def _pay(city: City, due: Due) -> None:
    """Paid within a month; some of the last two months' still wait for their hands."""
    enterprise = due.unit
    certified = clock.parse_moment(due.cause.at.isoformat()).date()
    approved = clock.add_working_days(certified, city.random.randint(2, 8))
    paid = clock.add_working_days(approved, city.random.randint(3, 10))
    if approved >= city.today or (approved > city.ago(60) and city.random.random() > 0.7):
        return
    with city.on(approved, hour=15):
        actions.approve_due(due, by=city.officers[enterprise.pk], key=city.key())
    if paid >= city.today:
        return
    with city.on(paid, hour=15):
        actions.pay_due(due, voucher_no=f"记-{paid:%m%d}-{due.pk}", by=city.certifiers[enterprise.pk], key=city.key())


def _year_end(city: City, year: int) -> None:
    """Last year's points to wages: listed by the system, approved by the officer, paid by finance."""
    for enterprise in _with_points(city):
        if enterprise == city.fan and year == city.today.year - 1:
            continue  # 海岳风机 leaves last year's to be tried out
        with city.on(date(year + 1, 1, 8), hour=10):
            try:
                made = settlement.settle(enterprise, period=str(year), by=None, key=city.key())
            except Refused:  # no points that year
                continue
        with city.on(date(year + 1, 1, 12), hour=10):
            settlement.approve_settlement(made, by=city.officers[enterprise.pk], key=city.key())
        with city.on(date(year + 1, 1, 25), hour=10):
            settlement.pay_settlement(made, voucher_no=f"记-{year + 1}-012", by=city.certifiers[enterprise.pk], key=city.key())


def _with_points(city: City) -> list[Unit]:
    return city.enterprises[::3]


def _redeemed(city: City) -> None:
    """A few workers redeem some of their points in between."""
    rich = Account.objects.filter(kind="worker", balance__gte=10, unit=city.fan).select_related("person", "unit")
    for account in rich.order_by("-balance", "pk")[:3]:
        if account.person is not None:
            with city.on(city.ago(3), hour=19):
                actions.redeem(account, points=(account.balance or 0) // 2, by=account.person, key=city.key())
