"""Periods and their names."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nominations import periods
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on", "words"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2026"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "Quarter 4, 2026"),
        ("2026-02", "2026-02-01", "2026-02-28", "February 2026"),
        ("2026-W53", "2026-12-28", "2027-01-03", "Week 53, 2026"),
    ],
)
def test_a_code_names_its_days(code: str, starts_on: str, ends_on: str, words: str) -> None:
    span = periods.parse(code)
    assert (span.starts_on.isoformat(), span.ends_on.isoformat(), str(span)) == (starts_on, ends_on, words)


@pytest.mark.parametrize("code", ["", "2026-Q5", "2026-13", "2026-W54", "26", "2026-Q4x", "0000", "9999", "'; DROP"])
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput, match="is not a period such as"):
        periods.parse(code)


@given(st.sampled_from(Period), st.dates(dt.date(1971, 1, 1), dt.date(2190, 1, 1)))
def test_codes_and_spans_are_one_to_one_and_leave_no_day_out(period: Period, day: dt.date) -> None:
    span = periods.around(day, period)
    assert periods.parse(span.code) == span
    assert span.starts_on <= day <= span.ends_on
    assert span.after.before == span
    assert span.after.starts_on - span.ends_on == dt.timedelta(days=1)
