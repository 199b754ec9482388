"""What the edits of accounts, their people, deals and requests are called."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from references.accounts import selectors as accounts
from references.accounts import shown
from references.accounts.models import Account, Consent, Contact, Opportunity
from references.batches import selectors as batches
from references.content.edits import ASSET
from references.requests import selectors as requests
from references.requests.models import ReferenceRequest, RequestBatch
from refprogram.kernel.edit_history.nouns import EditNoun, Part
from refprogram.people.edits import PERSON_WORDS
from refprogram.people.models import Person

__all__ = ["ACCOUNT", "ASSET", "BATCH", "CONTACT", "OPPORTUNITY", "REQUEST"]


def _activities(slugs: Iterable[str]) -> str:
    return shown.activity_names(slugs, {kind.slug: kind.name for kind in accounts.activity_types()})


ACCOUNT = EditNoun(
    title=_("Account"),
    path="/accounts",
    visible=accounts.visible_to,
    custom="account",
    parts=(
        Part(
            Account,
            words={
                "external_ref": _("Id in the CRM"),
                "csm": _("Success"),
                "parent": _("Part of"),
                "state": _("Takes part"),
                "member_since": _("Reference since"),
                "verified_at": _("Confirmed"),
                "paused_until": _("Pause until"),
                "gift_policy": _("Gifts"),
                "gift_ceiling": _("Gifts up to"),
                "gift_note": _("Where the gift rule is written"),
                "merged_into": _("Merged into"),
                "use_cases": _("What they use it for"),
                "competitor": _("Whom we replaced there"),
                "sponsor": _("Our sponsor"),
                "renews_on": _("Renews on"),
                "live_since": _("Live since"),
            },
            say={"founded": str},
        ),
    ),
)

CONTACT = EditNoun(
    title=_("Contact"),
    path="/contacts",
    visible=accounts.contacts_visible_to,
    custom="contact",
    parts=(
        Part(
            Contact,
            words={
                "willing": _("Willing to"),
                "state": _("Takes part"),
                "cap_per_quarter": _("At most a quarter"),
                "paused_until": _("Pause until"),
                "left_company_at": _("Left the company"),
                "persona": _("Speaks for"),
                "topics_yes": _("Likes to talk about"),
                "topics_no": _("Does not talk about"),
                "caps": _("Their own caps"),
                "blackouts": _("Nobody asks"),
                "assistant_name": _("Assistant"),
                "assistant_email": _("The assistant’s e-mail"),
                "stand_in": _("Stands in"),
            },
            say={"willing": _activities},
        ),
        Part(Person, rows=lambda contact: [contact.person_id], words=PERSON_WORDS),
        Part(
            Consent,
            rows=lambda contact: contact.consents.values_list("pk", flat=True),
            words={
                "activities": _("Agreed to"),
                "wording": _("Words of the consent"),
                "given_at": _("Consent given"),
                "expires_on": _("Consent until"),
                "source": _("How the consent came"),
                "revoked_at": _("Consent taken back"),
            },
            say={"activities": _activities},
        ),
    ),
)

OPPORTUNITY = EditNoun(
    title=_("Deal"),
    path="/opportunities",
    visible=lambda user: accounts.opportunities_visible_to(user).select_related("account"),
    custom="opportunity",
    parts=(
        Part(
            Opportunity,
            words={"external_ref": _("Id in the CRM"), "opened_on": _("Opened"), "closes_on": _("Closes")},
            money=("amount",),
        ),
    ),
)

BATCH = EditNoun(
    title=_("Batch"),
    path="/batches",
    visible=batches.visible_to,
    parts=(
        Part(
            RequestBatch,
            words={
                "wanted": _("How many names"),
                "exclusive_from": _("Kept for this alone from"),
                "exclusive_until": _("Kept for this alone until"),
                "embargo_until": _("Not to be published before"),
                "opportunity": _("Deal"),
                "activity": _("What they do"),
            },
        ),
    ),
)

REQUEST = EditNoun(
    title=_("Request"),
    path="/requests",
    visible=requests.visible_to,
    custom="request",
    parts=(
        Part(
            ReferenceRequest,
            words={
                "opportunity": _("Deal"),
                "purpose": _("For whom"),
                "activity": _("What for"),
                "needed_by": _("Needed by"),
                "topics": _("What to talk about"),
                "must_industry": _("Must be in the industry"),
                "must_region": _("Must be in the region"),
                "must_product": _("Must use"),
                "must_employees": _("Must have about so many people"),
                "must_use_case": _("Must have the use case"),
                "must_persona": _("Who speaks must be"),
                "nice": _("Would be nice"),
                "wanting": _("Who needs it"),
                "competitor": _("Against"),
                "reserved": _("May use reserves"),
                "after_the_fact": _("Written down afterwards"),
                "redirected_to": _("Passed on to"),
                "board": _("Share page"),
                "question": _("Question back"),
                "reason": _("Why it ended"),
            },
        ),
    ),
)
