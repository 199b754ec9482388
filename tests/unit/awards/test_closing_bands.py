"""Where an entry stood, as its entrant is told: never a rank."""

from hypothesis import given
from hypothesis import strategies as st

from awards.closing.bands import band_of, ends_of
from awards.closing.enums import Band


def test_the_narrowest_band_that_holds_more_than_one():
    assert [band_of(rank, 4) for rank in (1, 2, 3, 4)] == [Band.UPPER, Band.UPPER, Band.LOWER, Band.LOWER]
    assert [band_of(rank, 8) for rank in (1, 2, 3, 4, 5)] == [
        *(Band.QUARTER, Band.QUARTER, Band.UPPER, Band.UPPER), Band.LOWER,
    ]  # fmt: skip
    assert [band_of(rank, 20) for rank in (1, 2, 3, 10, 11)] == [
        *(Band.TENTH, Band.TENTH, Band.QUARTER, Band.UPPER), Band.LOWER,
    ]  # fmt: skip
    assert band_of(1, 3) is None


@given(st.integers(1, 400))
def test_no_band_tells_a_rank(total):
    bands = [band_of(rank, total) for rank in range(1, total + 1)]
    said = [band for band in bands if band is not None]
    assert all(said.count(band) >= 2 for band in said)
    assert bands == sorted(bands, key=lambda band: list(Band).index(band) if band else 0)  # better rank, better band


def test_strengths_that_lie_close_are_none():
    assert ends_of({"Effect": 0.8, "Proof": 0.5, "Idea": 0.6}) == ("Effect", "Proof")
    assert ends_of({"Effect": 0.8, "Proof": 0.78}) is None
    assert ends_of({"Effect": 0.8}) is None
