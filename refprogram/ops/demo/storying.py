"""Stories of the demo company: about one for ten customers, in every state, with what was agreed to."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from references.accounts.enums import Membership
from references.accounts.models import Account, Consent, Contact, Product
from references.consents.enums import Channel, ReleaseState, Scope, UseAudience
from references.consents.models import ConsentTemplate, ConsentTerm, Release
from references.consents.terms import TermSpec, in_words
from references.content.enums import AssetKind, AssetState, PartKind, PlacementState, ReviewAnswer
from references.content.models import (
    Asset,
    AssetNeed,
    AssetPart,
    AssetVersion,
    Claim,
    CustomerReview,
    Placement,
    SynonymGroup,
)
from refprogram.ops.demo import sharing
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.models import User

S, K = AssetState, AssetKind
ONE_IN = 10
STATES = (
    (S.PUBLISHED, 34), (S.APPROVED, 16), (S.DRAFT, 10), (S.CUSTOMER_REVIEW, 8), (S.INTERNAL_REVIEW, 7),
    (S.INTERVIEW, 6), (S.IDEA, 6), (S.BRIEF, 5), (S.REFRESH_DUE, 5), (S.RETIRED, 3),
)  # fmt: skip
SHOWN = (S.PUBLISHED, S.APPROVED, S.REFRESH_DUE)
EARLY = (S.IDEA, S.BRIEF, S.INTERVIEW)
KINDS = ((K.CASE_STUDY, 40), (K.QUOTE, 26), (K.VIDEO, 12), (K.QA, 8), (K.LOGO, 8), (K.WEBINAR, 6))
# (title, what it says, the figure, the quote, use case); {who} is the customer, {what} a product.
TELLINGS = (
    ("{who} closes its books three days sooner", "With {what}, the month ends on the second working day instead of the "
     "fifth, and nobody works on Sundays for it.", "Three days sooner", "On the second morning the figures are there. "
     "I had stopped believing that this was possible.", "Financial close"),
    ("No paper on the loading dock: {who}", "Drivers sign on a tablet; {what} sends the invoice before the truck has "
     "left the yard.", "11,000 sheets less a month", "Our people asked to keep it after the first week.", "Paperless"),
    ("How {who} halved its planning round", "Eleven sites plan in one place with {what}. What took six weeks takes "
     "three, and the numbers agree.", "From 6 weeks to 3", "We argue about plans now, and no longer about whose sheet "
     "is right.", "Planning"),
    ("{who}: one view of every machine", "Sensors of four makers report to {what}. Stops are seen coming, and parts "
     "are there before they are needed.", "31 % fewer stops", "The night shift calls us less often. That is the whole "
     "story.", "Maintenance"),
    ("Forty clinics, one calendar: {who}", "{what} brings rooms, people and devices together. Waiting got shorter "
     "without a single new room.", "9 days less waiting", "For the first time I can say on the phone when a bed is "
     "free.", "Scheduling"),
    ("{who} answers its customers in an hour", "Requests come in by mail, telephone and portal; {what} puts them where "
     "they belong.", "1 hour instead of 9", "What I notice is what is missing: the second call.", "Customer service"),
    ("Audit without overtime at {who}", "Every figure leads to its receipt. With {what} the auditors help themselves.",
     "120 hours saved a year", "They were done on Thursday. They are never done on Thursday.", "Audit"),
    ("{who} moves to the cloud over a weekend", "Eighteen months of preparation, one weekend of change. {what} ran on "
     "Monday at six.", "54 hours, as planned", "The best thing about that Monday was how dull it was.",
     "Cloud migration"),
)  # fmt: skip
BODY = """## Where they stood

{summary}

## What changed

The team began with one site and took the others along, one a month. Whoever had tried it explained it to the next.

- One place for everything, from the first day
- {figure}
- No new people were needed for it

> {quote}

## What they would do again

Start small, and let the people who do the work say what is next.
"""
SYNONYMS = (
    ("erp", "enterprise resource planning"), ("close", "month-end", "closing"), ("k8s", "kubernetes"),
    ("hospital", "clinic", "clinics"), ("audit", "compliance", "auditors"),
)  # fmt: skip
PLACES = {
    Channel.WEBSITE: "https://www.demo.example/customers/{slug}/",
    Channel.SOCIAL: "https://social.example/demo/{slug}",
    Channel.DECK: "Company deck, slide 14",
    Channel.EVENT: "Autumn fair, booth 4.12, screen left",
}


@dataclass
class Teller:
    """Makes stories with everything they need, and remembers rows to write in bulk."""

    maker: Maker
    company: Company
    template: ConsentTemplate

    def agreements(self, contacts: Sequence[Contact]) -> None:
        """Have every speaker agree: most to all of it, some for one region or share pages alone, some soon over."""
        acts, ways = [], []
        for number, contact in enumerate(contacts):
            given = self.maker.day_ago(420, 20)
            until = given + dt.timedelta(days=730)
            if number % 9 == 4:
                until = self.maker.today + dt.timedelta(days=(6, 21, 48)[number % 3])
            way = {"audience": UseAudience.PUBLIC, "channel": "", "territory": ""}
            if number % 7 == 3:
                way["channel"] = Channel.SHARE
            elif number % 11 == 5 and contact.account.region is not None:
                way["territory"] = contact.account.region.name
            elif number % 13 == 6:
                way["audience"] = UseAudience.INTERNAL
            specs = [TermSpec(scope, **way) for scope in self._scopes(number)]  # type: ignore[arg-type]
            ways.append((specs, until))
            acts.append(
                Consent(
                    contact=contact, activities=[], source="signed link", template=self.template, expires_on=until,
                    wording=f"{self.template.text}\n\n{in_words(specs, until=until)}",
                    given_at=self.maker.moment(given),
                )
            )  # fmt: skip
        acts = bulk(self.maker, acts)
        bulk(
            self.maker,
            [
                ConsentTerm(
                    consent=act, contact=act.contact, scope=spec.scope, channel=spec.channel, audience=spec.audience,
                    territory=spec.territory, expires_on=until,
                )
                for act, (specs, until) in zip(acts, ways, strict=True)
                for spec in specs
            ],
        )  # fmt: skip

    @staticmethod
    def _scopes(number: int) -> list[str]:
        """Return what somebody agrees to: now and then without their picture, or without figures."""
        left_out = {2: {Scope.PHOTO, Scope.VIDEO}, 5: {Scope.METRICS}}.get(number % 6, set())
        return [scope for scope in Scope.values if scope not in left_out]

    def stories(self, contacts: Sequence[Contact], products: Sequence[Product]) -> list[Asset]:
        """Make one story for each of these people, with words, parts, claims and needs."""
        made, texts = [], []
        for number, contact in enumerate(contacts):
            told = TELLINGS[number % len(TELLINGS)]
            product = products[self.maker.chance.randrange(len(products))]
            title, summary, figure, quote = (
                text.format(who=contact.account.name, what=product.name) for text in told[:4]
            )
            # However small the company is: its first story can be read.
            state = self.maker.weighted(STATES) if number else S.PUBLISHED
            kind = self.maker.weighted(KINDS)
            texts.append((summary, figure, quote, product, state))
            made.append(
                Asset(
                    title=title, summary="" if state == S.IDEA else summary, kind=kind, account=contact.account,
                    owner=self.company.marketer, state=state, region=contact.account.region, use_cases=[told[4]],
                    due_on=self._due(state), refresh_on=self._refresh(state),
                    created_at=self.maker.moment(self.maker.day_ago(400, 60)),
                    disclosure="They were given flowers as thanks." if number % 12 == 1 else "",
                )
            )  # fmt: skip
        made = bulk(self.maker, made)
        through: Any = Asset.products.through
        through.objects.bulk_create(
            [through(asset=asset, product=text[3]) for asset, text in zip(made, texts, strict=True)]
        )
        self._words(made, texts)
        self._parts(made, texts, contacts)
        return made

    def _due(self, state: AssetState) -> dt.date | None:
        return None if state in SHOWN or state == S.RETIRED else self.maker.today + dt.timedelta(
            days=self.maker.chance.randint(-6, 40)
        )  # fmt: skip

    def _refresh(self, state: AssetState) -> dt.date | None:
        if state == S.REFRESH_DUE:
            return self.maker.day_ago(20)
        return self.maker.today + dt.timedelta(days=self.maker.chance.randint(30, 330)) if state in SHOWN else None

    def _words(self, made: Sequence[Asset], texts: Sequence[tuple[Any, ...]]) -> None:
        versions = []
        for asset, (summary, figure, quote, _product, state) in zip(made, texts, strict=True):
            if state in EARLY:
                continue
            first = self.maker.moment(self.maker.day_ago(50, 30))
            body = BODY.format(summary=summary, figure=figure, quote=quote)
            early = body.replace("took the others along, one a month", "rolled it out at all sites at once")
            author = self.company.marketer
            versions.append(AssetVersion(asset=asset, number=1, body=early, written_by=author, at=first))
            second = AssetVersion(asset=asset, number=2, body=body, at=first + dt.timedelta(days=5))
            second.written_by, second.note = author, "The customer remembers it otherwise"
            if state in SHOWN:
                second.written_by, second.by_customer, second.note = None, True, "Changed by the customer"
            versions.append(second)
        AssetVersion.objects.bulk_create(versions)

    def _parts(self, made: Sequence[Asset], texts: Sequence[tuple[Any, ...]], contacts: Sequence[Contact]) -> None:
        parts, needs, claims = [], [], []
        for asset, (_summary, figure, quote, _product, state), contact in zip(made, texts, contacts, strict=True):
            needs += [AssetNeed(asset=asset, contact=contact, scope=scope) for scope in (Scope.COMPANY, Scope.STORY)]
            if state in EARLY:
                continue
            parts.append(AssetPart(asset=asset, position=0, kind=PartKind.QUOTE, text=quote, speaker=contact))
            parts.append(AssetPart(asset=asset, position=1, kind=PartKind.FIGURE, text=figure, speaker=contact))
            checker = self.company.managers[0] if state in SHOWN else None
            claims.append(
                Claim(
                    asset=asset, text=figure, evidence="Report of the project’s end, page 4",
                    written_by=self.company.marketer, checked_by=checker,
                    checked_at=timezone.now() if checker else None,
                )
            )  # fmt: skip
        for part in bulk(self.maker, parts):
            scopes = (Scope.QUOTE, Scope.NAME) if part.kind == PartKind.QUOTE else (Scope.METRICS,)
            needs += [
                AssetNeed(asset=part.asset, part=part, contact=part.speaker, scope=scope) for scope in scopes
            ]  # fmt: skip
        AssetNeed.objects.bulk_create(needs)
        bulk(self.maker, claims)

    def reviews(self, made: Sequence[Asset], contacts: Sequence[Contact]) -> None:
        """Have the drafts that are with their customers read: every second one is answered."""
        rows = []
        newest = {version.asset_id: version for version in AssetVersion.objects.order_by("asset", "number")}
        for number, (asset, contact) in enumerate(zip(made, contacts, strict=True)):
            if asset.state != S.CUSTOMER_REVIEW:
                continue
            row = CustomerReview(
                asset=asset, version=newest[asset.pk], contact=contact, asked_by=self.company.marketer,
                created_at=self.maker.moment(self.maker.day_ago(9, 2)),
            )  # fmt: skip
            if number % 2:
                row.answer, row.answered_at = ReviewAnswer.YES, self.maker.moment(self.maker.day_ago(1))
            rows.append(row)
        bulk(self.maker, rows)

    def places(self, made: Sequence[Asset]) -> None:
        """Place what is published, where its consent allows; three have to come down, one of them is late."""
        needs: dict[int, set[tuple[int, str]]] = {}
        for asset_id, contact_id, scope in AssetNeed.objects.values_list("asset", "contact", "scope"):
            needs.setdefault(asset_id, set()).add((contact_id, scope))
        held: dict[tuple[int, str], set[str]] = {}
        lasting = self.maker.today + dt.timedelta(days=60)  # nobody puts up what must come down before it is renewed
        terms = ConsentTerm.objects.filter(audience=UseAudience.PUBLIC, territory="", expires_on__gte=lasting)
        for contact_id, scope, channel in terms.values_list("contact", "scope", "channel"):
            held.setdefault((contact_id, scope), set()).add(channel)
        rows: list[Placement] = []
        for asset in made:
            if asset.state in {S.PUBLISHED, S.REFRESH_DUE}:
                free = [one for one in PLACES if all(held.get(n, set()) & {"", one} for n in needs[asset.pk])]
                rows += [self._placement(asset, one) for one in free[: 1 + self.maker.chance.randrange(2)]]
        for days, row in zip((-2, 1, 3), rows[4:24:8], strict=False):
            row.state, row.reason = PlacementState.TAKEDOWN, "The customer has a new logo"
            row.due_on = self.maker.today + dt.timedelta(days=days)
        bulk(self.maker, rows)
        live = {row.asset_id for row in rows if row.state == PlacementState.LIVE}
        Asset.objects.filter(state=S.PUBLISHED).exclude(pk__in=live).update(state=S.APPROVED)

    def _placement(self, asset: Asset, channel: str) -> Placement:
        return Placement(
            asset=asset, channel=channel, audience=UseAudience.PUBLIC, placed_by=self.company.marketer,
            place=PLACES[channel].format(slug=asset.public_id), placed_on=self.maker.day_ago(200, 10),  # type: ignore[index]
        )  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Make it all: about one story for ten customers; the speakers are people who take part."""
    template = ConsentTemplate.objects.filter(retired_at__isnull=True).order_by("pk").first()
    members = Contact.objects.filter(
        state=Membership.ACTIVE, left_company_at__isnull=True, account__state__in=[Membership.ACTIVE],
        account__frozen=False,
    )  # fmt: skip
    wanted = max(1, maker.scale // ONE_IN)
    speakers = list(
        members.select_related("account__region", "person").order_by("account", "pk").distinct("account")[:wanted]
    )
    if template is None or not speakers:
        return
    teller = Teller(maker, company, template)
    tellers = [speakers[number % len(speakers)] for number in range(wanted)]
    teller.agreements(speakers)
    made = teller.stories(tellers, list(Product.objects.order_by("pk")))
    teller.reviews(made, tellers)
    teller.places(made)
    sharing.build(maker, company, list(Asset.objects.filter(pk__in=[asset.pk for asset in made]).order_by("pk")))
    _waiting(maker, company.marketer, template)
    bulk(maker, [SynonymGroup(words=sorted(group)) for group in SYNONYMS])
    _changed_lately(made)


def _changed_lately(made: Sequence[Asset]) -> None:
    """Say when each was last changed: some this week, others in spring; none before it was begun."""
    for number, asset in enumerate(made):
        at = timezone.now() - dt.timedelta(days=number * 37 % 110, hours=number % 9 + 1)
        Asset.objects.filter(pk=asset.pk).update(updated_at=max(at, asset.created_at))


def _waiting(maker: Maker, asker: User, template: ConsentTemplate) -> None:
    """Two people were asked for a release and have not answered."""
    people = Contact.objects.filter(consent_terms__isnull=True, account__in=Account.objects.filter(frozen=False))
    people = people.filter(left_company_at__isnull=True, state=Membership.ACTIVE).order_by("pk")[:2]
    bulk(
        maker,
        [
            Release(
                contact=contact, template=template, asked_by=asker, state=ReleaseState.ASKED,
                until=maker.today + dt.timedelta(days=730), created_at=maker.moment(maker.day_ago(6, 1)),
                terms=[TermSpec(scope, Channel.WEBSITE).as_dict() for scope in (Scope.QUOTE, Scope.NAME)],
            )
            for contact in people
        ],
    )  # fmt: skip
