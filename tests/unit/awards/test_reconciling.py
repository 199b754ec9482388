"""From orders to awards."""

from awards.results.enums import AwardKind
from awards.results.reconciling import Field, Ranked, Why, propose


def order(*entrants, ranks=None, scores=None):
    return [
        Ranked(at, entrant, (ranks or range(1, 99))[at], (scores or [90 - 5 * n for n in range(99)])[at])
        for at, entrant in enumerate(entrants)
    ]


def told(proposals):
    return [(one.field, one.entry, one.kind, one.rank, one.why) for one in proposals]


def test_the_first_wins_and_the_next_are_placed():
    given = propose([Field(7, order("a", "b", "c", "d"))], one_each=True, placed=1, alternates=1)
    assert told(given) == [
        (7, 0, AwardKind.WINNER, 1, Why.RANK),
        (7, 1, AwardKind.PLACED, 2, Why.RANK),
        (7, 2, AwardKind.ALTERNATE, 3, Why.RANK),
    ]


def test_several_winners_and_equals_at_the_edge_all_win():
    field = Field(1, order("a", "b", "c", "d", ranks=[1, 2, 2, 4]), winners=2)
    given = propose([field], one_each=True, placed=1, alternates=0)
    assert [(one.entry, one.kind, one.rank) for one in given] == [
        (0, AwardKind.WINNER, 1), (1, AwardKind.JOINT, 2), (2, AwardKind.JOINT, 2), (3, AwardKind.PLACED, 4),
    ]  # fmt: skip


def test_who_won_the_more_important_category_is_passed_over_in_the_other():
    fields = [Field(2, order("a", "b"), precedence=2), Field(1, order("a", "c"), precedence=1)]
    given = propose(fields, one_each=True, placed=1, alternates=0)
    assert told(given) == [
        (1, 0, AwardKind.WINNER, 1, Why.RANK),
        (1, 1, AwardKind.PLACED, 2, Why.RANK),
        (2, 1, AwardKind.WINNER, 1, Why.MOVED_UP),
        (2, 0, AwardKind.PLACED, 2, Why.WON_ELSEWHERE),
    ]


def test_where_the_rules_allow_it_somebody_wins_twice():
    fields = [Field(1, order("a")), Field(2, order("a", "b"), precedence=2)]
    given = propose(fields, one_each=False, placed=0, alternates=0)
    assert [(one.field, one.kind) for one in given] == [(1, AwardKind.WINNER), (2, AwardKind.WINNER)]


def test_nobody_wins_the_same_category_again_too_soon():
    given = propose([Field(1, order("a", "b"), barred=frozenset({"a"}))], one_each=True, placed=1, alternates=0)
    assert [(one.entry, one.kind, one.why) for one in given] == [
        (1, AwardKind.WINNER, Why.MOVED_UP), (0, AwardKind.PLACED, Why.WON_BEFORE),
    ]  # fmt: skip


def test_below_the_least_score_there_is_no_award():
    field = Field(1, order("a", "b", scores=[58.0, 40.0]), least_score=60)
    assert [one.kind for one in propose([field], one_each=True, placed=0, alternates=0)] == []


def test_with_too_few_entries_there_is_no_award():
    assert propose([Field(1, order("a", "b"), least_entries=3)], one_each=True, placed=2, alternates=2) == []


def test_one_customer_with_two_entries_wins_once():
    given = propose([Field(1, order("a", "a", "b"), winners=2)], one_each=True, placed=1, alternates=0)
    assert [(one.entry, one.kind) for one in given] == [
        (0, AwardKind.WINNER),
        (2, AwardKind.WINNER),
        (1, AwardKind.PLACED),
    ]
