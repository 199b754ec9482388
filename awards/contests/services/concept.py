"""The concept: names and their votes, categories, prizes, sponsors."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from awards.contests.enums import CategoryKind, ContestState, PrizeKind, SponsorTier
from awards.contests.models import Category, Contest, NameIdea, Prize, Sponsor
from awards.contests.services.life import change
from awards.contests.services.rows import held, refusal, words
from refprogram.kernel.errors import DomainError
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit
from refprogram.people.models import User

S = ContestState
# Until then categories and prizes are only ours; afterwards somebody may have entered because of them.
BEFORE_JUDGING = (S.DRAFT, S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING)


def _changed(contest: Contest, what: str, by: User) -> None:
    emit("contest.changed", subject=contest, actor_id=by.person_id, payload={"fields": [what]})


def _still_open(contest: Contest, sentence: str) -> None:
    if contest.state not in BEFORE_JUDGING:
        raise DomainError(sentence)


# ---------------------------------------------------------------- names


@transaction.atomic
def propose_name(contest: Contest, *, name: str, by: User) -> NameIdea:
    """Throw a name in; the same name is a vote for it."""
    row = held(contest)
    said = words(name, field="name", sentence=_("Write a name."))
    idea = NameIdea.objects.filter(contest=row, name__iexact=said).first()
    if idea is None:
        idea = NameIdea(contest=row, name=said, by=by)
        idea.save(force_insert=True)
    idea.voters.add(by)
    return idea


@transaction.atomic
def vote_name(idea: NameIdea, *, by: User, on: bool) -> NameIdea:
    """Vote for a name, or take the vote back."""
    held(idea.contest)
    if on:
        idea.voters.add(by)
    else:
        idea.voters.remove(by)
    return idea


@transaction.atomic
def drop_name(idea: NameIdea, *, by: User) -> None:
    """Take one's own idea away again, or any idea where one runs the contest."""
    row = held(idea.contest)
    if idea.by_id != by.pk and not by.has_perm("awards.run_contest", row):
        raise DomainError(_("This idea is somebody else’s."))
    idea.delete()


@transaction.atomic
def take_name(idea: NameIdea, *, by: User) -> Contest:
    """Call the contest so. Its address stays as it is once it was announced."""
    return change(idea.contest, by=by, name=idea.name)


# ---------------------------------------------------------------- categories


@transaction.atomic
def add_category(contest: Contest, *, by: User, **fields: Any) -> Category:
    """Add a category: what entries compete in, who may enter, how many win."""
    row = held(contest)
    _still_open(row, _("Judging has begun: there are no new categories any more."))
    last = Category.objects.filter(contest=row).aggregate(last=Max("precedence"))["last"] or 0
    category = Category(contest=row, precedence=last + 1)
    _set_category(row, category, fields)
    category.slug = _slug(category)
    category.save(force_insert=True)
    _changed(row, "categories", by)
    return category


@transaction.atomic
def change_category(category: Category, *, by: User, **fields: Any) -> Category:
    """Change a category. How many win and what it takes is fixed before judging; a deadline is only put off."""
    row = held(category.contest)
    category = Category.objects.get(pk=category.pk)
    fixed = {"max_winners", "min_entries", "min_score", "closes_at"}
    if any(name in fixed and getattr(category, name) != value for name, value in fields.items()):
        _still_open(row, _("Judging has begun: what it takes to win is fixed."))
    _set_category(row, category, fields)
    category.save()
    _changed(row, "categories", by)
    return category


@transaction.atomic
def remove_category(category: Category, *, by: User) -> None:
    """Take a category away, as long as nobody entered it."""
    row = held(category.contest)
    if category.places.exists():
        raise DomainError(_("Somebody entered this category: it stays."))
    if category.tallies.exists():
        raise DomainError(_("This category has results: it stays."))
    category.delete()
    _changed(row, "categories", by)


def _set_category(contest: Contest, category: Category, fields: dict[str, Any]) -> None:
    if "name" in fields:
        fields["name"] = words(fields["name"], field="name", sentence=_("Give the category a name."))
        others = Category.objects.filter(contest=contest, name__iexact=fields["name"]).exclude(pk=category.pk)
        if others.exists():
            raise refusal("name", _("There is a category of this name already."))
    if fields.get("kind", category.kind) not in CategoryKind.values:
        raise refusal("kind", _("Choose by what this category gathers entries."))
    if fields.get("max_winners", 1) < 1:
        raise refusal("max_winners", _("At least one wins."))
    if not 0 <= fields.get("min_score", Decimal(0)) <= 100:
        raise refusal("min_score", _("Scores go from 0 to 100."))
    if "closes_at" in fields and fields["closes_at"] != category.closes_at:
        _check_deadline(contest, category, fields["closes_at"])
    for name, value in fields.items():
        setattr(category, name, value)


def _check_deadline(contest: Contest, category: Category, new: dt.datetime | None) -> None:
    was = category.closes_at or contest.closes_at
    then = new or contest.closes_at
    if not contest.opens_at < then < contest.announce_at:
        raise refusal("closes_at", _("It lies between the first day of entries and the announcement."))
    if contest.state != S.DRAFT and category.slug and then < was:
        raise refusal("closes_at", _("This deadline was announced: it may become later, not earlier."))
    if contest.state != S.DRAFT and then != was and then <= timezone.now():
        raise refusal("closes_at", _("This moment is over."))


def _slug(category: Category) -> str:
    base = slugify(category.name)[:50] or "category"
    taken = set(Category.objects.filter(contest=category.contest, slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


# ---------------------------------------------------------------- prizes


@transaction.atomic
def add_prize(contest: Contest, *, by: User, **fields: Any) -> Prize:
    """Add a prize: for a place in a category, or of every category."""
    row = held(contest)
    prize = Prize(contest=row)
    _set_prize(row, prize, fields)
    prize.save(force_insert=True)
    _changed(row, "prizes", by)
    return prize


@transaction.atomic
def change_prize(prize: Prize, *, by: User, **fields: Any) -> Prize:
    """Change a prize, as long as nobody was granted it."""
    row = held(prize.contest)
    prize = Prize.objects.get(pk=prize.pk)
    _refuse_granted(prize)
    _set_prize(row, prize, fields)
    prize.save()
    _changed(row, "prizes", by)
    return prize


@transaction.atomic
def remove_prize(prize: Prize, *, by: User) -> None:
    """Take a prize away, as long as nobody was granted it."""
    row = held(prize.contest)
    _refuse_granted(prize)
    prize.delete()
    _changed(row, "prizes", by)


def _refuse_granted(prize: Prize) -> None:
    if prize.grants.exists():
        raise DomainError(_("Somebody was granted this prize: it stays as it is."))


def _set_prize(contest: Contest, prize: Prize, fields: dict[str, Any]) -> None:
    fields["item"] = words(fields.get("item", prize.item), field="item", sentence=_("Say what is given."), most=200)
    if fields.get("kind", prize.kind) not in PrizeKind.values:
        raise refusal("kind", _("Choose what kind of prize it is."))
    category = fields.get("category", prize.category)
    if category is not None and category.contest_id != contest.pk:
        raise refusal("category", _("This category belongs to another contest."))
    if fields.get("people_choice", prize.people_choice) and category is not None:
        raise refusal("category", _("The people’s choice is one prize of the whole contest, and never mixed in."))
    if fields.get("value", Decimal(0)) < 0:
        raise refusal("value", _("At least 0."))
    for name, value in fields.items():
        setattr(prize, name, value)


# ---------------------------------------------------------------- sponsors


@transaction.atomic
def add_sponsor(contest: Contest, *, by: User, logo: StoredFile | None = None, **fields: Any) -> Sponsor:
    """Add who carries the contest with us."""
    row = held(contest)
    sponsor = Sponsor(contest=row)
    _set_sponsor(row, sponsor, fields)
    sponsor.save(force_insert=True)
    _set_logo(sponsor, logo, drop=False)
    _changed(row, "sponsors", by)
    return sponsor


@transaction.atomic
def change_sponsor(
    sponsor: Sponsor, *, by: User, logo: StoredFile | None = None, drop_logo: bool = False, **fields: Any
) -> Sponsor:
    """Change a sponsor. A new logo replaces the old one, whose bytes go."""
    row = held(sponsor.contest)
    sponsor = Sponsor.objects.select_related("logo").get(pk=sponsor.pk)
    _set_sponsor(row, sponsor, fields)
    sponsor.save()
    _set_logo(sponsor, logo, drop=drop_logo)
    _changed(row, "sponsors", by)
    return sponsor


@transaction.atomic
def remove_sponsor(sponsor: Sponsor, *, by: User) -> None:
    """Take a sponsor away."""
    row = held(sponsor.contest)
    if sponsor.lead_consents.exists():
        raise DomainError(_("Entrants said whether they may be named to this sponsor: it stays."))
    _set_logo(sponsor, None, drop=True)
    sponsor.delete()
    _changed(row, "sponsors", by)


def _set_logo(sponsor: Sponsor, logo: StoredFile | None, *, drop: bool) -> None:
    """Give a sponsor its logo, or take it away; one at a time."""
    if logo is None and not drop:
        return
    if sponsor.logo is not None:
        files.remove(file=sponsor.logo)
    sponsor.logo = files.attach(file=logo, subject=sponsor) if logo is not None else None
    sponsor.save(update_fields=["logo"])


def _set_sponsor(contest: Contest, sponsor: Sponsor, fields: dict[str, Any]) -> None:
    fields["name"] = words(fields.get("name", sponsor.name), field="name", sentence=_("Name the sponsor."))
    if Sponsor.objects.filter(contest=contest, name__iexact=fields["name"]).exclude(pk=sponsor.pk).exists():
        raise refusal("name", _("This sponsor is there already."))
    if fields.get("tier", sponsor.tier) not in SponsorTier.values:
        raise refusal("tier", _("Choose how much they carry."))
    category = fields.get("category", sponsor.category)
    if category is not None and category.contest_id != contest.pk:
        raise refusal("category", _("This category belongs to another contest."))
    for name, value in fields.items():
        setattr(sponsor, name, value)
