"""What the city counted before the platform (历史汇总): observations with their documents, and the nation's benchmark."""

from __future__ import annotations

from datetime import date

from gongchuang.cli.demo.city import City
from gongchuang.indicators import actions
from gongchuang.kernel.quantity import FEN_IN_YUAN
from gongchuang.people.models import Unit

NATIONAL = "national.output_per_head"
NBS = "国家统计局《国民经济和社会发展统计公报》"
# Output per head of the nation in yuan: year, value, published.
PUBLISHED = [(2022, 152_977, date(2023, 2, 28)), (2023, 161_615, date(2024, 2, 29)), (2024, 173_898, date(2025, 2, 28))]
BEGAN = date(2018, 1, 1)
# What a city of Weihai's size had counted since 2018; the share of each district is told by its place in the list.
COUNTED = {
    "proposals.made": 61_400,
    "results.technical_innovations": 5_870,
    "results.inventions": 3_420,
    "results.operating_methods": 2_260,
    "results.patents": 1_730,
    "results.benefit": 2_140_000_000 * FEN_IN_YUAN,
    "bank.incentives_paid": 11_600_000 * FEN_IN_YUAN,
}
SHARES = [24, 19, 16, 14, 11, 9, 7]  # per cent


def build(city: City) -> None:
    for year, yuan, published_on in PUBLISHED:
        with city.on(max(published_on, city.begins_on)):
            actions.refer(
                city.root, reference=NATIONAL, year=year, value=yuan * FEN_IN_YUAN, source=NBS, published_on=published_on,
                basis="按增加值计算", by=None, key=city.key(),
            )  # fmt: skip
    for district, share in zip(city.districts, SHARES, strict=False):
        for indicator, whole in COUNTED.items():
            _observe(city, district, indicator, max(1, round(whole * city.scale) * share // 100))


def _observe(city: City, district: Unit, indicator: str, value: int) -> None:
    """Entered by the district, confirmed by the city."""
    last = date(city.begins_on.year - 1, 12, 31)
    with city.on(city.ago(700)):
        observation = actions.enter(
            district, indicator=indicator, start_on=BEGAN, last_on=last, value=value,
            source=f"{district.name}总工会历年职工创新工作统计表", source_no=f"工统〔{last.year}〕1号", source_on=last,
            by=city.district_officers[district.pk], key=city.key(),
        )  # fmt: skip
        actions.confirm(observation, by=city.cast["city"], key=city.key())
