"""Two that are one, and something of the same kind is under way at both: which of the two stays, and who is told."""

import pytest

from references.accounts import services as accounts
from references.accounts.enums import AskState
from references.accounts.models import Contact, Freeze
from references.coverage.enums import PlanState
from references.coverage.services import move_plan
from references.merging import reconciling, services
from references.requests.models import Candidate
from refprogram.notices.models import Notice
from tests.factories import batches
from tests.factories.coverage import plan_of
from tests.factories.merging import fresh, pair
from tests.factories.people import UserFactory
from tests.factories.references import ContactFactory, reserved, speaker
from tests.factories.requests import in_review, invited, request_of

pytestmark = pytest.mark.django_db


def test_an_invitation_gives_way_to_what_is_asked(marketer) -> None:
    kept, merged = pair()
    here = ContactFactory(account=kept)
    invitation = accounts.invite_to_program(
        account=kept, contact=here, activities=["call"], source=here, actor=marketer
    )
    ask = reserved(speaker(ContactFactory(account=merged, person=here.person)))
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert (fresh(invitation).state, fresh(ask).state, ask.contact_id) == (AskState.RELEASED, AskState.HELD, here.pk)


def asked_in_both(marketer, ours, theirs):
    """Two accounts, and one person at both who is asked for something at each: `ours` and `theirs` bring it about."""
    kept, merged = pair()
    here = speaker(ContactFactory(account=kept))
    there = speaker(ContactFactory(account=merged, person=here.person))
    first, second = ours(here), theirs(there)
    return kept, merged, first, second


def words_of(kept, merged):
    return reconciling.sentences(reconciling.between_accounts(kept, merged))


def test_of_two_questions_to_one_person_the_nearer_to_an_answer_stays(marketer, drain, mailoutbox) -> None:
    """The owner is asked here, the customer there: the invited one stays, though it comes from the merged account."""
    rep = UserFactory(role="rep")
    kept, merged, first, second = asked_in_both(
        marketer, lambda contact: in_review(request_of(rep, purpose="Slow"), contact),
        lambda contact: invited(in_review(None, contact)),
    )  # fmt: skip
    assert words_of(kept, merged) == [
        "Reference call for Northwind (customer invited) stays;"
        " Reference call for Slow (waiting for the account owner) is ended, and who wanted it is told."
    ]
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert (fresh(first).state, fresh(second).state) == ("released", "invited")
    assert "two entries of one person" in first.reason
    assert (fresh(first.ask).state, fresh(second.ask).state) == (AskState.RELEASED, AskState.HELD)
    assert second.contact_id == Contact.objects.get(account=kept, merged_into=None).pk
    assert fresh(kept).open_asks == 1
    drain()
    assert Notice.objects.get(person=rep.person, kind="references.given_way").text == (
        "Reference call for Slow (waiting for the account owner) is ended:"
        " they are asked for something else already, as two entries of one customer became one."
    )
    services.undo_merge(merge=merge, actor=marketer)
    again = Candidate.objects.latest("pk")  # asked anew; nobody owns them, so who undoes it has said yes for them
    assert (again.request_id, again.contact_id, again.state) == (first.request_id, first.contact_id, "invited")
    assert (fresh(kept).open_asks, fresh(merged).open_asks) == (1, 1)


def test_of_two_equal_questions_that_of_the_kept_one_stays(marketer) -> None:
    kept, merged, first, second = asked_in_both(marketer, reserved, reserved)
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert (fresh(first).state, fresh(second).state) == (AskState.HELD, AskState.RELEASED)


def test_two_dates_that_a_customer_agreed_to_both_stand(marketer) -> None:
    book = lambda contact: accounts.book_ask(ask=reserved(contact), actor=None)  # noqa: E731
    kept, merged, first, second = asked_in_both(marketer, book, book)
    assert words_of(kept, merged) == ["Reference call was agreed to, and stands."] * 2
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert (fresh(first).state, fresh(second).state) == (AskState.BOOKED, AskState.BOOKED)
    assert fresh(kept).open_asks == 2
    services.undo_merge(merge=merge, actor=marketer)
    assert (fresh(kept).open_asks, fresh(merged).open_asks) == (1, 1)


def test_a_name_in_a_batch_gives_way_and_is_asked_again(marketer) -> None:
    kept, merged = pair()
    here = speaker(ContactFactory(account=kept))
    there = speaker(ContactFactory(account=merged, person=here.person), ("call", "rfp"))
    reserved(here)
    name = batches.asked(None, there)
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert fresh(name).state == "dropped"
    services.undo_merge(merge=merge, actor=marketer)
    assert name.batch.names.exclude(pk=name.pk).get().state == "asked"


def test_two_plans_become_the_one_that_is_further(marketer) -> None:
    kept, merged = pair()
    ours, theirs = plan_of(marketer, account=kept), plan_of(marketer, account=merged)
    move_plan(plan=theirs, to=PlanState.OFFERED, actor=marketer)
    assert words_of(kept, merged) == [
        "The plan for Kestrel Freight Ltd (offer made) stays;"
        " the plan for Kestrel Freight (planned) is ended, and who wanted it is told."
    ]
    merge = services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert [(fresh(one).state, one.account_id) for one in (ours, theirs)] == [
        ("dropped", kept.pk),
        ("offered", kept.pk),
    ]
    services.undo_merge(merge=merge, actor=marketer)
    assert [(fresh(one).state, one.account_id) for one in (ours, theirs)] == [
        ("planned", kept.pk),
        ("offered", merged.pk),
    ]


def test_freezes_of_a_kind_clash_and_the_account_stays_frozen(marketer) -> None:
    kept, merged = pair()
    for account in (kept, merged):
        accounts.freeze(account=account, kind="legal", actor=None)
    accounts.freeze(account=merged, kind="escalation", actor=None)
    services.merge_accounts(kept=kept, merged=merged, actor=marketer)
    assert sorted(Freeze.objects.filter(account=kept).values_list("kind", flat=True)) == ["escalation", "legal"]
    assert fresh(kept).frozen
