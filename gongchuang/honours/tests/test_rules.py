"""Each rule reads the same as a filter and on a loaded record, for everybody of the cast."""

from gongchuang.honours import actions, rules
from gongchuang.honours.models import Nomination, Objection, SelectionRound
from gongchuang.honours.tests.conftest import UNTIL
from gongchuang.kernel import clock
from gongchuang.kernel.access import Rule
from gongchuang.people.models import Grant, Person, Unit

ASKED_OF = {
    SelectionRound: ["SEE_ROUND", "PUBLISH", "NAME", "SETTLE", "CANCEL", "RECOMMEND_IN"],
    Nomination: ["SEE_NOMINATION", "WITHDRAW", "OBJECT", "REVOKE"],
    Objection: ["SEE_OBJECTION", "DECIDE"],
    Grant: ["REVOKE_GRANT"],
    Unit: ["OPEN", "RECOMMEND", "GRANT_IN", *(f"GRANT_BY_LEVEL:{level}" for level in rules.GRANT_BY_LEVEL)],
}


def rule_named(name: str) -> Rule:
    said, _, level = name.partition(":")
    return rules.GRANT_BY_LEVEL[level] if level else getattr(rules, said)


def test_every_rule_is_in_the_table():
    named = {name for names in ASKED_OF.values() for name in names if ":" not in name}
    assert named == {name for name, value in vars(rules).items() if isinstance(value, Rule)}


def test_filter_and_predicate_agree(
    published, nominated, stranger, colleague, officer, worker2, craftsman, city, city_officer, district_officer, key
):
    from datetime import date

    with clock.frozen(f"{UNTIL}T09:00"):
        actions.lodge(nominated, "该项目不是本人完成", by=stranger, key=key)
    second = actions.open_round(city, "第十届海岳工匠", craftsman, 2, date(2026, 6, 9), by=city_officer, key=f"{key}2")
    actions.recommend(second, "事迹", person=worker2, by=officer, key=f"{key}3")
    actions.enter_grant(craftsman, "海岳市人民政府", "文1", date(2026, 6, 1), worker2, by=city_officer, key=f"{key}4")
    for model, names in ASKED_OF.items():
        records = list(model._default_manager.all())
        assert records
        for name in names:
            rule = rule_named(name)
            for person in [None, *Person.objects.all()]:
                allowed = {record.pk for record in records if rule.allows(person, record)}
                among = set(rule.among(person, model._default_manager.all()).values_list("pk", flat=True))
                assert among == allowed, (name, person)
