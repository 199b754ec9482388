"""What every noun inherits."""

import pytest
from django.db.models import Model
from django.utils import translation

from nominations.enums import NominationState
from nominations.models import Nomination

STATE = Nomination._meta.get_field("state")


@pytest.mark.parametrize("value", [*NominationState.values, "unknown", None])
def test_a_choice_reads_as_django_says_it(value):
    row = Nomination(state=value)
    with translation.override("en"):
        assert row.get_state_display() == Model._get_FIELD_display(row, STATE)
