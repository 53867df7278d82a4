"""What the ranking promises: parts that add up, nothing invented, the same answer for the same words."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongchuang.matchmaker.matching import FLOOR, Document, Index, Item, leading, whole_parts
from gongchuang.matchmaker.terms import cut, normalise, shared_phrases

NEED = Document(
    "XQ-1",
    "球铁曲轴圆角滚压后微裂纹怎么减少",
    "六缸球铁曲轴，圆角滚压后磁粉探伤见微裂纹。想用感应加热预热，缺温度窗口和残余应力数据。",
    industry="汽车零部件",
    region="北湾区",
)
ROLLING = Document("CG-1", "主轴圆角滚压前中频预热", "42CrMo 主轴圆角滚压前中频预热，开裂率由 2% 降到 0.1%。", region="高新区")
SEAFOOD = Document("CG-2", "海参即食加工关键技术研究与应用", "低温蒸煮与保鲜关键技术研究与应用")
STORE = Document("CG-3", "仓储管理系统", "立体库出入库调度")
EXPERT = Document(
    "ZJ-1",
    "热处理工程师",
    "曲轴热处理，感应加热",
    region="北湾区",
    items=(Item("滚压预热对残余应力的影响", "球铁曲轴滚压前预热温度对残余应力与裂纹的影响"), Item("轮胎硫化"), Item("齿轮渗碳")),
)
EVERYONE = [ROLLING, SEAFOOD, STORE, EXPERT]

words = st.lists(st.sampled_from(["曲轴", "滚压", "预热", "淬火", "焊接", "叶片", "硫化", "CBN砂轮", "42CrMo", "关键技术", "的", "研究"]))
documents = st.builds(
    lambda title, text, items: (("".join(title), "，".join(text)), tuple(Item("".join(item)) for item in items)),
    words,
    words,
    st.lists(words, max_size=4),
)


def built(identity: str, parts: tuple[tuple[str, str], tuple[Item, ...]]) -> Document:
    (title, text), items = parts
    return Document(identity, title, text, items=items)


@settings(max_examples=60, deadline=None)
@given(documents, st.lists(documents, min_size=1, max_size=6))
def test_parts_add_up_to_the_score_and_stay_between_0_and_1(asked, held):
    index = Index([built(f"c{at}", parts) for at, parts in enumerate(held)])
    for candidate in index.rank(built("need", asked)):
        assert math.isclose(sum(reason.points for reason in candidate.reasons), candidate.score, abs_tol=1e-9)
        assert -1e-9 <= candidate.score <= 1 + 1e-9


@settings(max_examples=60, deadline=None)
@given(documents, st.lists(documents, min_size=2, max_size=6))
def test_every_shown_word_stands_in_both_texts(asked, held):
    need = built("need", asked)
    for candidate in Index([built(f"c{at}", parts) for at, parts in enumerate(held)]).rank(need):
        for reason in candidate.reasons:
            if reason.kind == "word":
                assert reason.label in normalise(need.own_text)
                assert reason.label in normalise(candidate.document.own_text)


@settings(max_examples=40, deadline=None)
@given(documents, st.lists(documents, min_size=2, max_size=6), st.randoms())
def test_the_order_in_which_candidates_are_given_changes_nothing(asked, held, chance):
    need, given_order = built("need", asked), [built(f"c{at}", parts) for at, parts in enumerate(held)]
    shuffled = chance.sample(given_order, len(given_order))
    first = [(c.document.id, round(c.score, 12)) for c in Index(given_order).rank(need)]
    assert first == [(c.document.id, round(c.score, 12)) for c in Index(shuffled).rank(need)]


def test_the_same_process_comes_first_and_unrelated_work_is_no_match():
    ranked = Index(EVERYONE).rank(NEED)
    assert [candidate.document.id for candidate in ranked[:2]] == ["CG-1", "ZJ-1"]
    assert [candidate.document.id for candidate in ranked if candidate.is_match] == ["CG-1", "ZJ-1"]


def test_a_need_nobody_answers_gets_no_match():
    stranger = Document("XQ-2", "幼儿园午睡床收纳关键技术研究与应用", "希望合作开发，降低成本提高效率")
    assert Index(EVERYONE).matches(stranger) == []


def test_boilerplate_alone_never_makes_a_match():
    plain = Document("XQ-3", "关键技术研究与应用", "项目产业化需求")
    assert all(candidate.lexical < FLOOR for candidate in Index([*EVERYONE, NEED]).rank(plain) if candidate.document != SEAFOOD)
    with_subject = Index(EVERYONE).rank(Document("XQ-4", "海参关键技术研究与应用"))
    told = {reason.label: reason.points for reason in with_subject[0].reasons}
    assert told["海参"] > told["关键技术研究"]


def test_traditional_and_full_width_writing_count_the_same():
    plain = Index(EVERYONE).rank(Document("a", "曲轴热处理CBN", "感应加热"))
    other = Index(EVERYONE).rank(Document("a", "曲軸熱處理ＣＢＮ", "感應加熱"))
    assert [(c.document.id, c.score) for c in plain] == [(c.document.id, c.score) for c in other]


def test_removing_a_shown_word_lowers_the_score_by_its_part():
    index = Index([ROLLING, SEAFOOD])
    before = index.rank(NEED)[0]
    spoken = next(reason for reason in before.reasons if reason.kind == "word")
    rest = math.fsum(reason.points for reason in before.reasons if reason is not spoken)
    assert math.isclose(before.score - spoken.points, rest, abs_tol=1e-12)
    assert spoken.label == "轴圆角滚压"
    assert spoken.needs.startswith("球铁曲轴圆角滚压后")


def test_an_expert_is_carried_by_the_item_that_fits():
    expert = next(candidate for candidate in Index(EVERYONE).rank(NEED) if candidate.document == EXPERT)
    assert expert.reasons[0].kind == "item"
    assert expert.reasons[0].label == "滚压预热对残余应力的影响"


def test_facts_count_only_where_words_already_speak():
    neighbour = Document("CG-9", "海带烘干", "节能烘干线", industry="汽车零部件", region="北湾区")
    ranked = {candidate.document.id: candidate for candidate in Index([neighbour, EXPERT]).rank(NEED)}
    assert ranked["CG-9"].score < 0.05
    assert not any(reason.kind in {"industry", "region"} for reason in ranked["CG-9"].reasons)
    assert any(reason.kind == "region" for reason in ranked["ZJ-1"].reasons)


def test_a_title_weighs_more_than_the_text():
    by_title = Document("a", "感应加热", "通用工装")
    by_text = Document("b", "通用工装", "感应加热")
    ranked = Index([by_text, by_title]).rank(Document("n", "感应加热"))
    assert [candidate.document.id for candidate in ranked] == ["a", "b"]


def test_an_empty_need_and_an_empty_collection_are_answered():
    assert Index([]).rank(NEED) == []
    assert [candidate.score for candidate in Index(EVERYONE).rank(Document("n", ""))] == [0.0] * 4


@given(st.lists(st.floats(0, 1), max_size=12))
def test_percent_shares_add_up_to_exactly_100(points):
    shares = whole_parts(points)
    assert sum(shares) == (100 if sum(points) > 0 else 0)
    assert all(share >= 0 for share in shares)


def test_what_is_not_shown_is_summed_as_the_rest():
    candidate = Index(EVERYONE).rank(NEED)[0]
    shown, rest = leading(candidate.reasons, 2)
    assert len(shown) == 2
    assert math.isclose(sum(reason.points for reason in shown) + rest, candidate.score, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("CBN100/120", {"cbn100/120", "cbn", "100", "120"}), ("42CrMo", {"42crmo", "42", "crmo"}), ("tool wear", {"tool wear"})],
)
def test_model_numbers_stay_whole_and_in_pieces(text, expected):
    assert expected <= set(cut([(text, 1.0)]).words)


def test_shared_passages_are_told_once_and_longest():
    terms = {"圆角", "角滚", "滚压", "预热"}
    assert shared_phrases("圆角滚压后预热", "预热再圆角滚压", terms) == ["圆角滚压", "预热"]
