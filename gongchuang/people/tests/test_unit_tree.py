"""The packed path: a subtree is one range, whatever the tree looks like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongchuang.kernel.errors import Refused
from gongchuang.people import unit as tree


@st.composite
def random_trees(draw):
    """Nodes as (path, parent's index); each node's level lies anywhere below its parent's."""
    nodes = [(tree.child(tree.skip_to(None, tree.CITY), tree.CITY, 2), -1)]
    taken: dict[tuple[int, int], int] = {}
    for _ in range(draw(st.integers(1, 40))):
        parent = draw(st.integers(0, len(nodes) - 1))
        level_of_parent = tree.level_of(nodes[parent][0])
        if level_of_parent == tree.TEAM:
            continue
        level = draw(st.integers(level_of_parent + 1, tree.TEAM))
        prefix = tree.skip_to(nodes[parent][0], level)
        number = taken.get((prefix, level), tree.FIRST - 1) + 1
        if number >= 1 << tree.WIDTHS[level]:
            continue
        taken[prefix, level] = number
        nodes.append((tree.child(prefix, level, number), parent))
    return nodes


def is_above(nodes, above: int, below: int) -> bool:
    while below != -1:
        if below == above:
            return True
        below = nodes[below][1]
    return False


@settings(max_examples=150, deadline=None)
@given(random_trees())
def test_a_path_lies_in_a_range_exactly_when_its_node_is_below(nodes):
    paths = [path for path, _ in nodes]
    assert len(set(paths)) == len(paths)
    assert all(0 < path < 1 << 63 for path in paths)
    for a, path in enumerate(paths):
        for b, other in enumerate(paths):
            assert tree.contains(path, other) == is_above(nodes, a, b), (a, b)


@settings(max_examples=100, deadline=None)
@given(random_trees())
def test_ancestors_are_the_nodes_above_and_nothing_else(nodes):
    known = {path for path, _ in nodes}
    for at, (path, _) in enumerate(nodes):
        above = {other for b, (other, _) in enumerate(nodes) if is_above(nodes, b, at)}
        assert set(tree.ancestors(path)) & known == above


@pytest.mark.parametrize("level", [tree.DISTRICT, tree.TOWN, tree.ENTERPRISE, tree.WORKSHOP, tree.TEAM])
def test_a_full_level_is_refused(level):
    prefix = tree.skip_to(tree.child(tree.skip_to(None, tree.CITY), tree.CITY, 2), level)
    last = (1 << tree.WIDTHS[level]) - 1
    assert tree.child(prefix, level, last) > 0
    with pytest.raises(Refused):
        tree.child(prefix, level, last + 1)
    with pytest.raises(Refused):
        tree.child(prefix, level, 1)


def test_seven_levels_fill_62_bits():
    assert sum(tree.WIDTHS) == 62
    assert tree.at_level(tree.child(tree.skip_to(None, tree.CITY), tree.CITY, 2), tree.CITY) >> 50 == (1 << 6) | 2
