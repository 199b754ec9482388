"""No way leads past the table of moves."""

from hypothesis import given
from hypothesis import strategies as st

from nominations.enums import NOMINATION_MOVES, OPEN_NOMINATIONS, REFERENCES, NominationState

N = NominationState


@given(st.lists(st.sampled_from(list(N)), max_size=12))
def test_every_path_that_the_table_allows_stays_within_its_states(wishes: list[N]) -> None:
    state = N.DRAFT
    for wish in wishes:
        state = wish if wish in NOMINATION_MOVES.get(state, ()) else state
    assert state in set(N)


def test_what_is_decided_for_good_has_no_way_out() -> None:
    closed = set(N) - set(OPEN_NOMINATIONS) - {N.DRAFT}
    assert closed == {N.NOT_APPROVED, N.CUSTOMER_DECLINED, N.MERGED, N.WITHDRAWN, *REFERENCES}
    assert closed & NOMINATION_MOVES.keys() == {N.ENROLLED, N.CUSTOMER_DECLINED}
    assert NOMINATION_MOVES[N.CUSTOMER_DECLINED] == {N.ENROLLED}  # the customer’s own word, and nobody else’s
    assert NOMINATION_MOVES[N.ENROLLED] == {N.FIRST_ACT}


def test_every_state_can_be_reached() -> None:
    reached = {N.DRAFT}
    for _round in N:
        reached |= {to for state in reached for to in NOMINATION_MOVES.get(state, ())}
    assert reached == set(N)
