"""The lineage stays a forest whatever is asked of it."""

from hypothesis import given
from hypothesis import strategies as st

from gongchuang.studios.lineage import ancestors, descendants, forest, indented, limited, would_circle

#        1                 6
#      / | \               |
#     2  3  4              7
#    /
#   5
CITY = {1: None, 2: 1, 3: 1, 4: 1, 5: 2, 6: None, 7: 6}

# A random forest: each node's parent has a smaller number, or there is none.
forests = st.lists(st.integers(0, 30), max_size=25).map(
    lambda picks: {at: (pick % at or None) if at > 1 else None for at, pick in enumerate(picks, start=1)}
)


def test_ancestors_are_told_nearest_first():
    assert ancestors(CITY, 5) == [2, 1]
    assert ancestors(CITY, 1) == []


def test_descendants_follow_the_indented_list():
    assert descendants(CITY, 1) == [2, 5, 3, 4]
    assert descendants(CITY, 7) == []


def test_a_studio_cannot_come_from_its_own_descendant():
    assert would_circle(CITY, child=1, parent=5)
    assert would_circle(CITY, child=1, parent=1)
    assert not would_circle(CITY, child=6, parent=5)


def test_generations_and_sizes_are_counted():
    first, second = forest(CITY)
    assert (first.size, first.generations, second.size, second.generations) == (5, 2, 2, 1)
    assert [(row.id, row.depth) for row in indented([first])] == [(1, 0), (2, 1), (5, 2), (3, 1), (4, 1)]


def test_a_filter_that_hides_the_mother_makes_the_child_a_root():
    assert [branch.id for branch in forest({5: 2, 3: 1})] == [3, 5]


def test_at_most_so_many_are_drawn_and_the_rest_is_told():
    trees = forest(CITY)
    shown, left_out = limited(trees, 5)
    assert [branch.id for branch in shown] == [1]
    assert left_out == 2
    assert limited(trees, 1)[1] == 2  # the first tree is always whole


@given(forests)
def test_every_studio_stands_in_the_forest_exactly_once(parents):
    rows = indented(forest(parents))
    assert sorted(row.id for row in rows) == sorted(parents)
    assert all(row.depth == len(ancestors(parents, row.id)) for row in rows)


@given(forests, st.data())
def test_a_move_that_is_not_refused_leaves_a_forest(parents, data):
    if not parents:
        return
    child, parent = (data.draw(st.sampled_from(sorted(parents))) for _ in range(2))
    if would_circle(parents, child, parent):
        assert child == parent or child in ancestors(parents, parent)
        return
    moved = dict(parents) | {child: parent}
    assert sorted(row.id for row in indented(forest(moved))) == sorted(parents)
    assert child not in ancestors(moved, child)


@given(forests, st.data())
def test_descendants_and_ancestors_agree(parents, data):
    if not parents:
        return
    node = data.draw(st.sampled_from(sorted(parents)))
    assert set(descendants(parents, node)) == {other for other in parents if node in ancestors(parents, other)}
