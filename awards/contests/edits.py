"""What the edits of contests are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.contests import selectors
from awards.models import Category, Contest
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _visible(user: Any) -> Any:
    return selectors.run_by(user)


def _categories(contest: Contest) -> Any:
    return Category.objects.filter(contest=contest).values_list("pk", flat=True)


CONTEST = EditNoun(
    title=_("Contest"),
    path="/contests",
    visible=_visible,
    parts=(
        Part(
            Contest,
            words={
                "name": _("Name"),
                "slug": _("Address"),
                "series": _("Award"),
                "year": _("Year"),
                "audience": _("Who competes"),
                "state": _("State"),
                "tagline": _("Headline"),
                "overview": _("What it is"),
                "process": _("How it works"),
                "payoff": _("What entrants gain"),
                "rules_text": _("Rules"),
                "rules_version": _("Version of the rules"),
                "zone": _("Time zone"),
                "opens_at": _("Entries open"),
                "closes_at": _("Entries close"),
                "grace_minutes": _("Grace, minutes"),
                "announce_at": _("Winners are announced"),
                "event_name": _("Event"),
                "event_place": _("Place"),
                "event_at": _("Day of the event"),
                "form": _("Entry form"),
                "nominator_credit": _("Colleagues are credited"),
                "one_award_each": _("Nobody wins twice"),
                "cool_off_years": _("Years until a winner wins again"),
                "judging_mail": _("Judges write to"),
                "people_choice": _("People’s choice"),
                "votes_for": _("Up for the vote"),
                "votes_open_at": _("Public vote opens"),
                "votes_close_at": _("Public vote closes"),
                "votes_beside_blind": _("Why the vote names entrants beside blind judging"),
                "cost": _("What it cost"),
                "owner": _("Run by"),
            },
            money=("cost",),
        ),
        Part(
            Category,
            rows=_categories,
            named_by="name",
            words={
                "name": _("Name"),
                "slug": _("Address"),
                "kind": _("Gathers by"),
                "description": _("Description"),
                "eligibility": _("Who may enter"),
                "product": _("Product"),
                "industry": _("Industry"),
                "region": _("Region"),
                "precedence": _("Order"),
                "max_winners": _("Winners"),
                "min_entries": _("Fewest entries"),
                "min_score": _("Lowest score"),
                "closes_at": _("Deadline"),
            },
            silent=("contest",),
        ),
    ),
)
