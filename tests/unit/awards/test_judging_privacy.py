"""What judging holds of a person can be had, and emptied; figures stay, for results rest on them."""

import pytest

from awards.judging import privacy, selectors, services
from awards.judging.services.doors import door_address
from awards.models import Ballot
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.links import check, find
from tests.factories.judging import judging, scores

pytestmark = pytest.mark.django_db


def test_a_judge_gets_their_data_and_may_be_erased():
    room = judging()
    services.change_judge(judge=room.judge, bio="Twenty years of ports.")
    services.submit_ballot(
        assignment=room.work[0], scores=scores(room), comment="Proved.", note="Ask Bo", revision=0, tab="t"
    )
    token = door_address(room.judge).rstrip("/").rpartition("/")[2]

    told = {name: list(rows) for name, rows in privacy.export_person(room.judge.person_id).items()}
    privacy.erase_person(room.judge.person_id)
    room.judge.refresh_from_db()

    assert [row["bio"] for row in told["judging"]] == ["Twenty years of ports."]
    assert [row["private_note"] for row in told["ballots"]] == ["Ask Bo"]
    assert (room.judge.bio, room.judge.public) == ("", False)
    assert Ballot.objects.get().private_note == ""
    assert selectors.ballots_of(room.round)[0].total == 75
    with pytest.raises(LinkRefused):
        check(find(token))
