"""The lines of a desk: what the tag draws is what the component draws."""

import datetime as dt

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.task_lines import task_lines

TEXT = st.text("ab<&\"' {}", max_size=6)
ACTIONS = st.builds(
    DeskAction, TEXT, TEXT, post=st.booleans(), fields=st.dictionaries(TEXT, TEXT, max_size=2), primary=st.booleans()
)
ITEMS = st.builds(
    DeskItem, TEXT, TEXT, TEXT, TEXT, st.lists(ACTIONS, max_size=3).map(tuple), st.just(dt.datetime(2026, 1, 5))
)


@given(st.lists(ITEMS, max_size=3))
def test_a_line_is_drawn_as_the_component_draws_it(items: list[DeskItem]) -> None:
    drawn = [render_to_string("components/task_line.html", {"item": item, "csrf_token": "to<ken"}) for item in items]

    assert task_lines(items, "to<ken") == "".join(drawn).replace("\n", "")
