"""Consent taken back while somebody shares: with real threads on the real database, nothing stands without it."""

import pytest

from references.accounts import services as accounts
from references.consents.enums import Channel, UseAudience
from references.content import proofs, selectors, services
from references.content.enums import PlacementState
from references.content.errors import ConsentMissing
from references.content.models import Placement
from refprogram.people.enums import Role
from tests.factories.content import agreed, approved, board
from tests.factories.people import UserFactory
from tests.factories.references import ContactFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def ready():
    """Return a story that may be shown, the consent it rests on, and a reference manager."""
    contact, marketer = ContactFactory(), UserFactory(role=Role.MARKETER)
    consent = agreed(contact)
    return approved(marketer, contact, consent=False), consent, marketer


def standing():
    return Placement.objects.filter(state=PlacementState.LIVE).count()


def unproved():
    return [row for proof in proofs.proofs() for row in proof.rows]


@pytest.mark.parametrize("_attempt", range(4))
def test_placing_and_taking_back_at_once_leave_nothing_standing(_attempt):
    asset, consent, marketer = ready()
    placed, taken = at_once(
        lambda: services.place(
            asset=asset, channel=Channel.WEBSITE, audience=UseAudience.PUBLIC, territory="", place="https://x.example/",
            by=marketer,
        ),
        lambda: accounts.revoke_consent(consent=consent, actor=None),
    )  # fmt: skip
    assert isinstance(placed, Placement | ConsentMissing)
    assert taken.revoked_at is not None
    assert (standing(), unproved()) == (0, [])


def test_taken_back_between_the_page_and_the_button():
    asset, consent, marketer = ready()
    assert list(selectors.to_choose_from(marketer, [])) == [asset]
    accounts.revoke_consent(consent=consent, actor=None)
    with pytest.raises(ConsentMissing, match="took it back"):
        board(marketer, asset)
    with pytest.raises(ConsentMissing, match="took it back"):
        services.place(
            asset=asset, channel=Channel.WEBSITE, audience=UseAudience.PUBLIC, territory="", place="x", by=marketer
        )


def test_sharing_and_taking_back_at_once_show_nothing_to_the_prospect():
    asset, consent, marketer = ready()
    page, _taken = at_once(lambda: board(marketer, asset), lambda: accounts.revoke_consent(consent=consent, actor=None))
    shown = selectors.sections_of(page) if not isinstance(page, ConsentMissing) else []
    assert shown == []
