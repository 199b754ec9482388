"""Consent and content: everybody reads the ledger and the library; the program makes, legal looks, sales shares."""

from decimal import Decimal

from references.accounts import clock
from references.consents import services as consents
from references.consents.enums import UseAudience
from references.consents.terms import TermSpec
from references.content import services
from references.content.enums import PartKind
from refprogram.governance.budgets.enums import CommitmentState
from tests.factories.budgets import fund_of
from tests.factories.content import agreed, approved, board, story, words
from tests.factories.references import AccountFactory, ContactFactory
from tests.matrix import Row, api_row, only

PROGRAM = ("marketer", "admin")
OVERVIEW = (*PROGRAM, "sales_head", "executive", "finance", "legal")
SEES = (*OVERVIEW, "rep", "manager")  # what belongs to a customer of the rep
SHARES = (*PROGRAM, "sales_head", "executive", "rep", "support", "manager")
EVERYBODY = {"everyone": 200, "but": {"judge": 403}}
READ = only(200, *SEES, others=404)


def among(answer, *roles, hidden=("support", "judge")):
    """These roles get the answer, who may see the row but not do it 403, the others 404."""
    return {"everyone": 403, "but": {**dict.fromkeys(hidden, 404), **dict.fromkeys(roles, answer)}}


def person(cast):
    return ContactFactory(account=AccountFactory(owner=cast.rep))


def contact(cast):
    return {"public_id": person(cast).public_id}


def consent(cast):
    return {"public_id": agreed(person(cast)).public_id}


def term(cast):
    return {"public_id": agreed(person(cast), "quote").terms.get().public_id}


def release(cast):
    row = consents.ask_release(
        contact=person(cast), template=words(), terms=[TermSpec("quote")], by=cast.marketer,
        until=clock.today().replace(year=clock.today().year + 1, day=1),
    )  # fmt: skip
    return {"public_id": row.public_id}


def version_of_words(cast):
    return {"public_id": words().public_id}


def draft(cast):
    return {"public_id": story(cast.marketer, person(cast)).public_id}


def out(cast):
    return {"public_id": approved(cast.marketer, person(cast)).public_id}


def version(cast):
    return {**draft(cast), "number": 1}


def of_draft(make):
    def own(cast):
        asset = story(cast.marketer, person(cast))
        return {"public_id": asset.public_id, **make(asset, cast)}

    return own


def a_part(asset, cast):
    return services.save_part(asset=asset, kind=PartKind.TEXT, text="Words", actor=cast.marketer).public_id


def a_claim(asset, cast):
    return services.add_claim(asset=asset, text="Fast", evidence="p. 4", by=cast.sales_head).public_id


def a_cost(asset, cast, state=CommitmentState.ASKED):
    row = services.plan_cost(asset=asset, kind="video", amount=Decimal(10), fund=fund_of(), by=cast.marketer)
    type(row).objects.filter(pk=row.pk).update(state=state)
    return row.public_id


part = of_draft(lambda asset, cast: {"part_id": a_part(asset, cast)})
part_row = of_draft(lambda asset, cast: {"row_id": a_part(asset, cast)})
need_row = of_draft(lambda asset, cast: {"row_id": str(asset.needs.first().pk)})
claim_row = of_draft(lambda asset, cast: {"row_id": a_claim(asset, cast)})
cost_row = of_draft(lambda asset, cast: {"row_id": a_cost(asset, cast)})
cost = of_draft(lambda asset, cast: {"cost_id": a_cost(asset, cast, CommitmentState.COMMITTED)})


def placement_row(cast):
    return services.place(
        asset=approved(cast.marketer, person(cast)), channel="website", audience=UseAudience.PUBLIC, territory="",
        place="https://x.example/", by=cast.marketer,
    )  # fmt: skip


def placement(cast):
    return {"public_id": placement_row(cast).public_id}


def called_down(cast):
    row = services.call_down(placement=placement_row(cast), by=cast.marketer, reason="New logo")
    return {"public_id": row.public_id}


def a_board(cast):
    return {"public_id": board(cast.rep, approved(None, person(cast))).public_id}


def board_item(cast):
    row = board(cast.rep, approved(None, person(cast)), approved(None, person(cast)))
    return {"public_id": row.public_id, "item_id": row.items.first().pk}


def synonyms(cast):
    return {"public_id": services.save_synonyms(words="k8s, kubernetes").public_id}


def terms_body(cast):
    return {"terms": [{"scope": "quote"}], "until": _next_year()}


def _next_year():
    return clock.today().replace(year=clock.today().year + 1, day=1).isoformat()


MAKES = among(200, *PROGRAM)
MADE = among(302, *PROGRAM)
FORMS = {
    name: Row(**MAKES, own=own)
    for name, own in {
        "asset-edit": draft, "asset-write": draft, "asset-ask": draft, "asset-place": out, "part-add": draft,
        "part-edit": part, "need-add": draft, "claim-add": draft, "cost-add": draft, "cost-book": cost,
    }.items()
}  # fmt: skip
BUTTONS = {
    name: Row(**MADE, own=own, method="post", data=data)
    for name, own, data in (
        ("asset-move", draft, {"to": "internal_review"}), ("asset-legal", draft, {}), ("asset-refreshed", draft, {}),
        ("part-remove", part_row, {}), ("need-remove", need_row, {}), ("claim-remove", claim_row, {}),
        ("cost-drop", cost_row, {}),
    )
}  # fmt: skip

MATRIX = {
    "references:consents": Row(**EVERYBODY),
    "references:consent-words": Row(**EVERYBODY),
    "references:consent-words-version": Row(**EVERYBODY, own=version_of_words),
    "references:consent-words-new": Row(**only(200, *PROGRAM, "legal")),
    "references:consent-words-next": Row(**only(200, *PROGRAM, "legal"), own=version_of_words),
    "references:consent-words-preview": Row(**only(200, *PROGRAM, "legal"), method="post", data={"text": "{company}"}),
    "references:consent-words-retire": Row(**only(302, *PROGRAM, "legal"), own=version_of_words, method="post"),
    "references:consent-verify": Row(**among(200, *PROGRAM, "legal", "rep"), own=consent, method="post"),
    "references:term-revoke": Row(**among(302, *PROGRAM, "legal", "rep"), own=term, method="post"),
    "references:release-withdraw": Row(**among(302, *PROGRAM, "rep"), own=release, method="post"),
    "references:contact-terms": Row(**READ, own=contact),
    "references:contact-terms-add": Row(**among(200, *PROGRAM, "legal", "rep"), own=contact),
    "references:contact-release": Row(**among(200, *PROGRAM, "rep"), own=contact),
    "references:assets": Row(**EVERYBODY),
    "references:content-columns": Row(**EVERYBODY),
    "references:content-figures": Row(**EVERYBODY),
    "references:placements": Row(**EVERYBODY),
    "references:library": Row(**EVERYBODY),
    "references:content-library": Row(302, anonymous=302),
    "references:library-asset": Row(200, but={"judge": 404}, own=out),
    "references:synonyms": Row(**only(200, *PROGRAM)),
    "references:synonyms-new": Row(**only(200, *PROGRAM)),
    "references:synonyms-edit": Row(**only(200, *PROGRAM), own=synonyms),
    "references:synonyms-remove": Row(**only(302, *PROGRAM), own=synonyms, method="post"),
    "references:boards": Row(200, but={"judge": 403}),
    "references:board-new": Row(**only(200, *SHARES)),
    "references:board": Row(**only(200, *OVERVIEW, "rep", others=404), own=a_board),
    "references:board-preview": Row(**only(200, *OVERVIEW, "rep", others=404), own=a_board),
    "references:board-close": Row(
        **among(302, *PROGRAM, "rep", hidden=("support", "judge", "manager")), own=a_board, method="post"
    ),
    "references:board-item-remove": Row(
        **among(302, *PROGRAM, "rep", hidden=("support", "judge", "manager")), own=board_item, method="post"
    ),
    "references:asset-new": Row(**only(200, *PROGRAM)),
    "references:asset": Row(**READ, own=draft),
    "references:asset out": Row(200, but={"support": 302, "judge": 404}, own=out),
    "references:asset-version": Row(**READ, own=version),
    "references:asset-history": Row(**READ, own=draft),
    "references:asset-money": Row(**READ, own=draft),
    **{f"references:{name}": row for name, row in {**FORMS, **BUTTONS}.items()},
    "references:claim-check": Row(**among(302, *PROGRAM, "legal"), own=claim_row, method="post"),
    "references:placement-call-down": Row(**among(200, *PROGRAM, "legal", hidden=("support",)), own=placement),
    "references:placement-down": Row(**among(200, *PROGRAM, "legal", hidden=("support",)), own=called_down),
    "references:placement-put-back": Row(**among(302, *PROGRAM), own=called_down, method="post"),
    "references:account-content": Row(
        **READ, own=lambda cast: {"public_id": AccountFactory(owner=cast.rep).public_id}
    ),
    "api:list_consent_terms": api_row(200),
    "api:list_consent_templates": api_row(**EVERYBODY),
    "api:record_contact_terms": api_row(**among(422, *PROGRAM, "legal", "rep"), own=contact, data=lambda cast: {
        **terms_body(cast), "consent": "nothing"}),
    "api:ask_contact_release": api_row(**among(201, *PROGRAM, "rep"), own=contact, data=terms_body),
    "api:revoke_consent_term": api_row(**among(200, *PROGRAM, "legal", "rep"), own=term),
    "api:list_stories": api_row(200),
    "api:list_library": api_row(200),
    "api:create_story": api_row(**only(201, *PROGRAM), data=lambda cast: {
        "account": AccountFactory(owner=cast.rep).public_id, "title": "T"}),
    "api:get_story": api_row(**READ, own=draft),
    "api:change_story": api_row(**MAKES, own=draft, data={"title": "Another"}),
    "api:advance_story": api_row(**MAKES, own=draft, data={"to": "internal_review"}),
    "api:can_use_story": api_row(**READ, own=out, query="?channel=share"),
    "api:place_story": api_row(**among(201, *PROGRAM), own=out, data={"channel": "website", "place": "x"}),
    "api:list_placements": api_row(200),
    "api:call_placement_down": api_row(**among(200, *PROGRAM, "legal"), own=placement, data={"reason": "Old"}),
    "api:note_placement_down": api_row(**among(200, *PROGRAM, "legal"), own=called_down, data={"proof": "404"}),
    "api:list_boards": api_row(200),
    "api:create_board": api_row(**only(201, *SHARES), data=lambda cast: {
        "title": "T", "stories": [approved(None, person(cast)).public_id]}),
    "api:get_board": api_row(**only(200, *OVERVIEW, "rep", others=404), own=a_board),
    "api:close_board": api_row(
        **among(200, *PROGRAM, "rep", hidden=("support", "judge", "manager")), own=a_board
    ),
}  # fmt: skip
