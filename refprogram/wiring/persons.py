"""What is held of persons, and how long what is kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Persons: each room's `privacy.py` says what it holds of one, empties it, and may say what hinders that (ops.erasing).
# From the top of the house down, as locks are taken; what others look up (the person, links) comes last.
PERSON_HOOKS: list[dict[str, Any]] = [
    {"module": "incentives.recognition.privacy", "label": _("Thanks and letters")},
    {"module": "incentives.newsletters.privacy", "label": _("Newsletters")},
    {"module": "incentives.badges.privacy", "label": _("Badges")},
    {"module": "incentives.pay.privacy", "label": _("Pay")},
    {"module": "incentives.activity.privacy", "label": _("Activity and presentations")},
    {"module": "incentives.quality.privacy", "label": _("Data quality")},
    {"module": "incentives.catalogue.privacy", "label": _("Rewards")},
    {"module": "incentives.draws.privacy", "label": _("Draws")},
    {"module": "incentives.ledger.privacy", "label": _("Points")},
    {"module": "awards.promotion.privacy", "label": _("Words of winners")},
    {"module": "awards.voting.privacy", "label": _("Public votes")},
    {"module": "awards.closing.privacy", "label": _("After a contest")},
    {"module": "awards.entries.privacy", "label": _("Entries to contests")},
    {"module": "awards.judging.privacy", "label": _("Judging")},
    {"module": "awards.contests.privacy", "label": _("Contests")},
    {"module": "awards.prizes.privacy", "label": _("Prizes")},
    {"module": "nominations.quotas.privacy", "label": _("Quotas")},
    {"module": "nominations.campaigns.privacy", "label": _("Campaigns and waves")},
    {"module": "nominations.privacy", "label": _("Nominations")},
    {"module": "references.batches.privacy", "label": _("Batches")},
    {"module": "references.merging.privacy", "label": _("What became one")},
    {"module": "references.requests.privacy", "label": _("Requests")},
    {"module": "references.surveys.privacy", "label": _("Surveys")},
    {"module": "references.coverage.privacy", "label": _("Recruiting and plans")},
    {"module": "references.content.privacy", "label": _("Stories and drafts")},
    {"module": "references.consents.privacy", "label": _("What may be shown of them")},
    {"module": "references.profiles.privacy", "label": _("Outcomes, linked programs, corrections")},
    {"module": "references.goodwill.privacy", "label": _("Give and take")},
    {"module": "references.accounts.privacy", "label": _("Accounts and consent")},
    {"module": "refprogram.governance.consequences.privacy", "label": _("Consequences and tasks")},
    {"module": "refprogram.governance.fulfilment.privacy", "label": _("Gifts")},
    {"module": "refprogram.governance.stakeholders.privacy", "label": _("Stakeholders and directory")},
    {"module": "refprogram.governance.plotting.privacy", "label": _("What was asked of the program")},
    {"module": "refprogram.governance.charter.privacy", "label": _("Charter")},
    {"module": "refprogram.governance.budgets.privacy", "label": _("Budgets")},
    {"module": "refprogram.governance.approvals.privacy", "label": _("Approvals")},
    {"module": "refprogram.notices.privacy", "label": _("What they were told")},
    {"module": "refprogram.kernel.privacy", "label": _("Files, answers, what they did")},
    {"module": "refprogram.people.privacy", "label": _("Name and access")},
]
# How long what is kept (kernel.retention): carried out daily, proved by `verify`, shown at /privacy/.
RETENTION = [
    "refprogram.kernel.keeping_times.POLICIES",
    "refprogram.people.keeping_times.POLICIES",
    "refprogram.notices.keeping_times.POLICIES",
    "references.exchange.keeping_times.POLICIES",
    "references.content.keeping_times.POLICIES",
    "references.assignment.keeping_times.POLICIES",
    "awards.closing.keeping_times.POLICIES",
    "awards.voting.keeping_times.POLICIES",
    "awards.prizes.keeping_times.POLICIES",
    "incentives.quality.keeping_times.POLICIES",
    "incentives.catalogue.keeping_times.POLICIES",
    "incentives.newsletters.keeping_times.POLICIES",
]
