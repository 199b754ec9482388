"""Accounts, their people, freezes, consents and deals: who gets which answer.

An account that is no reference yet is seen by its owner, the owner's manager and the overview; `own` objects belong to
the cast's rep, `foreign` ones to a rep of another team. Support sees references only.
"""

from references.accounts import services
from references.accounts.models import Account, Freeze
from references.merging import services as merging
from refprogram.kernel.custom_fields import services as custom_fields
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, speaker
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
OVERVIEW = (*PROGRAM, "sales_head", "executive", "finance", "legal")
UNSEEN = {"rep": 404, "manager": 404}


def account(cast):
    return {"public_id": AccountFactory(owner=cast.rep).public_id}


def foreign_account(cast):
    return {"public_id": AccountFactory(owner=cast.other_team_rep).public_id}


def reference(cast):
    return {"public_id": speaker(owner=cast.rep).account.public_id}


def foreign_reference(cast):
    return {"public_id": speaker(owner=cast.other_team_rep).account.public_id}


def contact(cast):
    return {"public_id": ContactFactory(account=AccountFactory(owner=cast.rep)).public_id}


def foreign_contact(cast):
    return {"public_id": ContactFactory(account=AccountFactory(owner=cast.other_team_rep)).public_id}


def speaking(cast):
    return {"public_id": speaker(owner=cast.rep).public_id}


def foreign_speaking(cast):
    return {"public_id": speaker(owner=cast.other_team_rep).public_id}


def invited(cast):
    one = ContactFactory(account=AccountFactory(owner=cast.rep))
    services.invite_to_program(account=one.account, contact=one, activities=["call"], source=one, actor=cast.marketer)
    return {"public_id": one.public_id}


def consent(cast):
    return {"public_id": speaker(owner=cast.rep).consents.get().public_id}


def frozen(owner):
    account = speaker(owner=owner).account
    services.freeze(account=account, kind="legal", actor=None)
    return {"public_id": Freeze.objects.get(account=account).public_id}


def reported(cast):
    account = speaker(owner=cast.rep).account
    services.freeze(account=account, kind="escalation", source="desk", source_ref=account.public_id, actor=None)
    return {"source": "desk", "source_id": account.public_id}


def merge_of(cast):
    kept, merged = AccountFactory(), AccountFactory()
    merge = merging.merge_accounts(kept=kept, merged=merged, actor=cast.marketer)
    return {"public_id": merge.public_id}


def with_colleague(cast):
    return {"public_id": ContactFactory(account=AccountFactory(name="Two people", owner=cast.rep)).public_id}


def colleague(cast):
    account = Account.objects.filter(name="Two people").latest("pk")
    return ContactFactory(account=account).public_id


def deal(cast):
    return {"public_id": OpportunityFactory(owner=cast.rep).public_id}


def foreign_deal(cast):
    return {"public_id": OpportunityFactory(owner=cast.other_team_rep).public_id}


def deal_with_field(cast):
    custom_fields.add_field(noun="opportunity", key="segment", label="Segment", type="text")
    return deal(cast)


def foreign_deal_with_field(cast):
    custom_fields.add_field(noun="opportunity", key="sector", label="Sector", type="text")
    return foreign_deal(cast)


def named(kind, cast):
    return {kind: globals()[kind](cast)["public_id"]}


def seen(status, *roles, denied=()):
    """The answers about something that only `roles` and `denied` (403) see."""
    return {"everyone": 404, "but": {**dict.fromkeys(roles, status), **dict.fromkeys(denied, 403)}}


# An account of the rep's: the overview, the rep and the rep's manager open it.
THANKERS = seen(200, *PROGRAM, "sales_head", "executive", "rep", "manager", denied=("finance", "legal"))
READ = seen(200, *OVERVIEW, "rep", "manager")
PROGRAM_WRITES = seen(200, *PROGRAM, denied=("sales_head", "executive", "finance", "legal", "rep", "manager"))
OWNER_WRITES = seen(200, *PROGRAM, "rep", denied=("sales_head", "executive", "finance", "legal", "manager"))


def status(answers, code):
    """The same answers with another code for those who may."""
    return {**answers, "but": {role: code if one == 200 else one for role, one in answers["but"].items()}}


# The rep does not see another team's account, so nor may he write; program people may as before.
HIDDEN = {"foreign_but": UNSEEN}
# References are seen by all but judges.
POOL = {"everyone": 200, "but": {"judge": 404}}
POOL_PROGRAM = {"everyone": 403, "but": {**dict.fromkeys(PROGRAM, 302), "judge": 404}}
FREEZERS = (*PROGRAM, "rep", "support")
CONFIRMERS = (*PROGRAM, "rep", "manager")

NOT_THE_OWNER = ("sales_head", "executive", "finance", "legal", "manager", "support")
# Who may note where somebody stands: the program, legal, and who owns the account.
STEPPERS = seen(200, *PROGRAM, "rep", "legal", denied=("sales_head", "executive", "finance", "manager"))

MATRIX = {
    "references:merging": Row(**only(200, *PROGRAM)),
    "references:merge-account": Row(**only(200, *PROGRAM), own=account, foreign=foreign_account),
    "references:merge-account POST": Row(
        **only(302, *PROGRAM), own=account, method="post",
        data=lambda cast: {"other": AccountFactory(owner=cast.rep).public_id},
    ),
    "references:merge-contact": Row(**only(200, *PROGRAM), own=contact, foreign=foreign_contact),
    "references:merge-undo POST": Row(**only(302, *PROGRAM), own=merge_of, method="post"),
    "api:list_merges": api_row(**only(200, *PROGRAM)),
    "api:merge_account": api_row(
        **only(201, *PROGRAM), own=account, data=lambda cast: {"other": AccountFactory(owner=cast.rep).public_id}
    ),
    "api:merge_contact": api_row(
        **only(201, *PROGRAM), own=with_colleague, data=lambda cast: {"other": colleague(cast)}
    ),
    "api:undo_merge": api_row(**only(200, *PROGRAM), own=merge_of, data={}),
    "references:attest": Row(**only(200, *PROGRAM, "rep", "support", "manager")),
    "references:attest POST": Row(**only(302, *PROGRAM, "rep", "support", "manager"), method="post", data={}),
    "references:account-membership": Row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-step": Row(**STEPPERS, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-step POST": Row(
        **status(STEPPERS, 302), own=account, foreign=foreign_account, **HIDDEN, method="post",
        data={"to": "do_not_contact", "reason": "Their lawyers wrote"},
    ),
    "references:contact-page-send POST": Row(
        302, but={"judge": 404, **dict.fromkeys(NOT_THE_OWNER, 403)},
        own=speaking, foreign=foreign_speaking, foreign_but={"rep": 403}, method="post",
    ),
    "references:contact-page-withdraw POST": Row(
        302, but={"judge": 404, **dict.fromkeys(NOT_THE_OWNER, 403)},
        own=speaking, foreign=foreign_speaking, foreign_but={"rep": 403}, method="post",
    ),
    "references:contact-step": Row(**STEPPERS, own=invited, foreign=foreign_contact, **HIDDEN),
    "references:contact-step POST": Row(
        **status(STEPPERS, 302), own=invited, foreign=foreign_contact, **HIDDEN, method="post",
        data={"to": "do_not_contact", "reason": "Their lawyers wrote"},
    ),
    "api:get_membership": api_row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "api:move_account": api_row(
        **STEPPERS, own=account, foreign=foreign_account, **HIDDEN,
        data={"to": "do_not_contact", "reason": "Their lawyers wrote"},
    ),
    "api:move_contact": api_row(
        **STEPPERS, own=invited, foreign=foreign_contact, **HIDDEN,
        data={"to": "do_not_contact", "reason": "They are merging"},
    ),
    "references:accounts": Row(200, but={"judge": 403}),
    "references:account-options": Row(200, but={"judge": 403}, query="?q=kestrel"),
    "references:account-similar": Row(**only(200, *PROGRAM), query="?name=kestrel"),
    "references:opportunities": Row(200, but={"judge": 403}),
    "references:opportunity": Row(**READ, own=deal, foreign=foreign_deal, **HIDDEN),
    "references:opportunity-requests": Row(**READ, own=deal, foreign=foreign_deal, **HIDDEN),
    "references:opportunity-edit": Row(**OWNER_WRITES, own=deal_with_field, foreign=foreign_deal_with_field, **HIDDEN),
    "references:opportunity-edit POST": Row(
        **status(OWNER_WRITES, 302), own=deal_with_field, foreign=foreign_deal_with_field, **HIDDEN, method="post",
        data={"custom.segment": "Public"},
    ),
    "references:account-add": Row(**only(200, *PROGRAM)),
    "references:account-add POST": Row(**only(302, *PROGRAM), method="post", data={"name": "Kestrel Freight"}),
    "references:account": Row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "references:account reference": Row(**POOL, own=reference, foreign=foreign_reference),
    "references:account-timeline": Row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-asks": Row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-edit": Row(**PROGRAM_WRITES, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-edit POST": Row(
        **status(PROGRAM_WRITES, 302), own=account, foreign=foreign_account, **HIDDEN, method="post",
        data={"name": "Kestrel", "gift_policy": "allowed"},
    ),
    "references:account-freeze": Row(
        200, but={"judge": 404, **dict.fromkeys(("sales_head", "executive", "finance", "legal", "manager"), 403)},
        own=reference, foreign=foreign_reference, foreign_but={"rep": 403},
    ),
    "references:account-freeze POST": Row(
        403, but={"judge": 404, **dict.fromkeys(FREEZERS, 302)}, own=reference, foreign=foreign_reference,
        foreign_but={"rep": 403}, method="post", data={"kind": "legal"},
    ),
    "references:account-pause": Row(**OWNER_WRITES, own=account, foreign=foreign_account, **HIDDEN),
    "references:account-resume POST": Row(
        **status(OWNER_WRITES, 302), own=account, foreign=foreign_account, **HIDDEN, method="post"
    ),
    "references:account-confirm POST": Row(
        403, but={"judge": 404, **dict.fromkeys(CONFIRMERS, 302)}, own=reference, foreign=foreign_reference,
        foreign_but={"rep": 403, "manager": 403}, method="post",
    ),
    "references:account-ask-still-true POST": Row(
        **POOL_PROGRAM, own=reference, foreign=foreign_reference, method="post"
    ),
    "references:contact-add": Row(**OWNER_WRITES, own=account, foreign=foreign_account, **HIDDEN),
    "references:contact": Row(**READ, own=contact, foreign=foreign_contact, **HIDDEN),
    "references:contact-thank": Row(**THANKERS, own=contact, foreign=foreign_contact, **HIDDEN),
    "references:contact-thank POST": Row(
        **status(THANKERS, 302), own=contact, foreign=foreign_contact, **HIDDEN, method="post",
        data={"kind": "appreciation", "item": "Book", "value": "40", "reason": "Three calls"},
    ),
    "references:contact-edit": Row(**OWNER_WRITES, own=contact, foreign=foreign_contact, **HIDDEN),
    "references:contact-invite": Row(**PROGRAM_WRITES, own=contact, foreign=foreign_contact, **HIDDEN),
    "references:contact-withdraw POST": Row(**status(PROGRAM_WRITES, 302), own=invited, method="post"),
    "references:contact-consent": Row(**OWNER_WRITES, own=contact, foreign=foreign_contact, **HIDDEN),
    "references:contact-left POST": Row(
        **status(OWNER_WRITES, 302), own=contact, foreign=foreign_contact, **HIDDEN, method="post"
    ),
    "references:consent-revoke POST": Row(
        403, but={"judge": 404, **dict.fromkeys((*PROGRAM, "rep"), 302)}, own=consent, method="post"
    ),
    "references:freeze-lift POST": Row(
        403, but={"judge": 404, **dict.fromkeys(FREEZERS, 302)},
        own=lambda cast: frozen(cast.rep), foreign=lambda cast: frozen(cast.other_team_rep),
        foreign_but={"rep": 403}, method="post",
    ),
    # ---- API
    "api:list_accounts": api_row(200, but={"judge": 403}),
    "api:create_account": api_row(**only(201, *PROGRAM), data={"name": "Kestrel Freight"}),
    "api:get_account": api_row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "api:change_account": api_row(
        **PROGRAM_WRITES, own=account, foreign=foreign_account, **HIDDEN, data={"industry": "Freight"}
    ),
    "api:get_availability": api_row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "api:get_timeline": api_row(**READ, own=account, foreign=foreign_account, **HIDDEN),
    "api:freeze_account": api_row(
        403, but={"judge": 404, **dict.fromkeys(FREEZERS, 201)}, own=reference, foreign=foreign_reference,
        foreign_but={"rep": 403}, data={"kind": "legal"},
    ),
    "api:confirm_account": api_row(
        403, but={"judge": 404, **dict.fromkeys(CONFIRMERS, 200)}, own=reference, foreign=foreign_reference,
        foreign_but={"rep": 403, "manager": 403}, data={},
    ),
    "api:solve_freeze": api_row(
        **seen(200, *PROGRAM, "rep", "support", denied=("sales_head", "executive", "finance", "legal", "manager")),
        data=reported,
    ),
    "api:list_freezes": api_row(200, but={"judge": 403}),
    "api:get_freeze": api_row(
        **seen(200, *OVERVIEW, "rep"), own=lambda cast: frozen(cast.rep),
        foreign=lambda cast: frozen(cast.other_team_rep), foreign_but={"rep": 404},
    ),
    "api:lift_freeze": api_row(
        **seen(200, *PROGRAM, "rep", denied=("sales_head", "executive", "finance", "legal")),
        own=lambda cast: frozen(cast.rep), foreign=lambda cast: frozen(cast.other_team_rep),
        foreign_but={"rep": 404}, data={},
    ),
    "api:list_contacts": api_row(200, but={"judge": 403}),
    "api:create_contact": api_row(
        **status(OWNER_WRITES, 201), data=lambda cast: {**named("account", cast), "name": "Marieke"}
    ),
    "api:get_contact": api_row(**READ, own=contact, foreign=foreign_contact, **HIDDEN),
    "api:give_gift": api_row(
        **status(THANKERS, 201), own=contact, foreign=foreign_contact, **HIDDEN,
        data={"item": "Book", "value": "40", "reason": "Three calls"},
    ),
    "api:change_contact": api_row(
        **OWNER_WRITES, own=contact, foreign=foreign_contact, **HIDDEN, data={"willing": ["call"]}
    ),
    "api:invite_contact": api_row(
        **PROGRAM_WRITES, own=contact, foreign=foreign_contact, **HIDDEN, data={"activities": ["call"]}
    ),
    "api:list_consents": api_row(200, but={"judge": 403}),
    "api:create_consent": api_row(
        **status(OWNER_WRITES, 201),
        data=lambda cast: {**named("contact", cast), "activities": ["call"], "wording": "I agree."},
    ),
    "api:get_consent": api_row(**POOL, own=consent),
    "api:revoke_consent": api_row(
        403, but={"judge": 404, **dict.fromkeys((*PROGRAM, "rep"), 200)}, own=consent, data={}
    ),
    "api:list_opportunities": api_row(200, but={"judge": 403}),
    "api:create_opportunity": api_row(**only(201, *PROGRAM), data={"name": "Deal", "amount": "12.50"}),
    "api:get_opportunity": api_row(**READ, own=deal, foreign=foreign_deal, **HIDDEN),
    "api:change_opportunity": api_row(
        **PROGRAM_WRITES, own=deal, foreign=foreign_deal, **HIDDEN, data={"stage": "won"}
    ),
}  # fmt: skip
