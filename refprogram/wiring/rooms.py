"""What each room adds to the others: figures, jobs, proofs, desks, panels, hooks, the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# --- figures that are policy: each room's class of them, in the order of the page /settings/program/ --------------
PROGRAM_POLICIES = [
    "refprogram.governance.capacity.policy.Figures",
    "refprogram.governance.charter.policy.Figures",
    "refprogram.governance.readiness.policy.Figures",
    "refprogram.governance.feedback.policy.Figures",
    "refprogram.governance.sponsors.policy.Figures",
    "refprogram.governance.pilots.policy.Figures",
    "refprogram.governance.facetime.policy.Figures",
    "references.accounts.policy.Figures",
    "references.merging.policy.Figures",
    "references.goodwill.policy.Figures",
    "references.requests.policy.Figures",
    "references.assignment.policy.Figures",
    "references.coverage.policy.Figures",
    "references.profiles.policy.Figures",
    "references.consents.policy.Figures",
    "references.content.policy.Figures",
    "references.surveys.policy.Figures",
    "nominations.campaigns.policy.Figures",
    "nominations.waves.policy.Figures",
    "nominations.policy.Figures",
    "nominations.standings.policy.Figures",
    "nominations.quotas.policy.Figures",
    "awards.contests.policy.Figures",
    "awards.entries.policy.Figures",
    "awards.judging.policy.Figures",
    "awards.assignment.policy.Figures",
    "awards.results.policy.Figures",
    "awards.closing.policy.Figures",
    "awards.promotion.policy.Figures",
    "awards.prizes.policy.Figures",
    "awards.voting.policy.Figures",
    "incentives.catalogue.policy.Figures",
    "incentives.draws.policy.Figures",
    "incentives.quality.policy.Figures",
    "incentives.activity.policy.Figures",
    "incentives.pay.policy.Figures",
    "incentives.recognition.policy.Figures",
    "incentives.watch.policy.Figures",
    "refprogram.dashboards.metrics.policy.Figures",
]
# --- jobs, proofs, and places on pages ---------------------------------------------------------------
JOB_RUNNERS = {
    "import": "references.exchange.services.run_import",
    "simulation": "incentives.simulation.services.run",
    "simulate_wave": "nominations.waves.simulating.run_job",
    "recount_rests": "references.accounts.recounting.recount_rests",
    "recount_readiness": "references.profiles.counting.recount",
    "assignment": "references.assignment.services.run_job",
    "divide_judging": "awards.assignment.services.run_job",
    "accept_assignment": "references.assignment.services.accept_all",
    "work_activity": "refprogram.people.work.services.run_file",
    "board_paper": "refprogram.dashboards.paper.run_job",
    "count_metrics": "refprogram.dashboards.metrics.counting.run_job",
}
# What must always hold, asked by `manage.py verify`: `() -> Iterable[refprogram.kernel.proofs.Proof]`.
PROOFS = [
    "refprogram.kernel.proofs.proofs",
    "refprogram.kernel.retention.proofs",
    "refprogram.governance.budgets.proofs.proofs",
    "refprogram.governance.fulfilment.proofs.proofs",
    "refprogram.governance.consequences.proofs.proofs",
    "refprogram.governance.approvals.proofs.proofs",
    "refprogram.governance.facetime.proofs.proofs",
    "references.accounts.proofs.proofs",
    "references.merging.proofs.proofs",
    "references.goodwill.proofs.proofs",
    "references.requests.proofs.proofs",
    "references.surveys.proofs.proofs",
    "references.coverage.proofs.proofs",
    "references.content.proofs.proofs",
    "nominations.proofs.proofs",
    "nominations.standings.proofs.proofs",
    "awards.judging.proofs.proofs",
    "awards.closing.proofs.proofs",
    "nominations.quotas.proofs.proofs",
    "nominations.campaigns.proofs.proofs",
    "nominations.waves.proofs.proofs",
    "awards.entries.proofs.proofs",
    "awards.voting.proofs.proofs",
    "awards.prizes.proofs.proofs",
    "incentives.badges.proofs.proofs",
    "incentives.quality.proofs.proofs",
    "incentives.activity.proofs.proofs",
    "incentives.recognition.proofs.proofs",
    "incentives.newsletters.proofs.proofs",
    "incentives.ledger.proofs.proofs",
    "incentives.rulebook.proofs.proofs",
    "incentives.catalogue.proofs.proofs",
    "incentives.draws.proofs.proofs",
    "incentives.pay.proofs.proofs",
    "refprogram.dashboards.metrics.proofs.proofs",
    "refprogram.dashboards.quarter.proofs",
]
DESKS = [
    "refprogram.governance.approvals.selectors.desk_items",
    "refprogram.governance.fulfilment.selectors.desk_items",
    "refprogram.governance.consequences.desk.desk_items",
    "refprogram.governance.capacity.desk.desk_items",
    "refprogram.governance.charter.desk.desk_items",
    "refprogram.governance.pilots.desk.desk_items",
    "refprogram.governance.plotting.desk.desk_items",
    "refprogram.governance.stakeholders.desk.desk_items",
    "refprogram.governance.readiness.desk.desk_items",
    "refprogram.governance.feedback.desk.desk_items",
    "refprogram.governance.sponsors.desk.desk_items",
    "refprogram.governance.facetime.desk.desk_items",
    "nominations.selectors.desk_items",
    "incentives.pay.desk.desk_items",
    "nominations.campaigns.desk.desk_items",
    "awards.contests.desk.desk_items",
    "awards.entries.desk.desk_items",
    "nominations.quotas.selectors.desk_items",
    "awards.judging.desk.desk_items",
    "awards.results.desk.desk_items",
    "awards.closing.desk.desk_items",
    "awards.voting.desk.desk_items",
    "awards.prizes.desk.desk_items",
    "incentives.catalogue.desk.desk_items",
    "incentives.activity.desk.desk_items",
    "incentives.watch.selectors.desk_items",
    "references.requests.selectors.desk_items",
    "references.coverage.selectors.desk_items",
    "references.accounts.selectors.desk_items",
    "references.goodwill.selectors.desk_items",
    "references.content.selectors.desk_items",
    "references.profiles.selectors.desk_items",
    "incentives.recognition.desk.desk_items",
]
# What stands in one's own calendar: `(user, since) -> Iterable[refprogram.people.calendars.ics.Entry]`.
CALENDAR_FEEDS = [
    "refprogram.people.calendars.feeds.leaves",
    "refprogram.governance.facetime.calendars.feed",
    "references.requests.calendars.agreed_calls",
    "references.goodwill.selectors.feed",
    "awards.prizes.selectors.hosted",
]
# What rests on a consent, ended in the transaction in which that is taken back: `(consent=…, actor=…)`; on what may be
# shown of a contact: `(contact=…, actor=…)`. Names, because the rooms that rest on it lie above the one that ends it.
CONSENT_REVOKED = ["references.consents.services.end_terms_of", "awards.entries.services.follow_revoked"]
TERMS_ENDED = ["references.content.services.take_down_for", "awards.entries.services.follow_terms"]
# What else vouches for a customer before they take part: `(account) -> str`, empty where it knows nothing.
VERIFIED_FACTS = ["references.profiles.vouching.verified_outcome"]
# What rooms show on a customer's own page: `(contact) -> references.customer_page.panels.Panel | None`, by name.
CUSTOMER_PANELS = {
    "entries": "awards.entries.panels.entries",
    "feedback": "awards.closing.panels.feedback",
    "gifts": "references.customer_page.panels.gifts",
    "rewards": "incentives.catalogue.choosing.panel",
}
# What else a customer opens from their own page, by the kind that its panel sends: `(contacts) -> rows`, and the link.
CUSTOMER_DOORS = {"rewards": {"rows": "incentives.catalogue.choosing.wallets_of", "purpose": "reward_choice"}}
# What rooms show on a winner's own page: `(award) -> (title, template, context) | None`.
WINNER_PANELS = ["awards.promotion.panels.kit", "awards.prizes.panels.prizes", "awards.promotion.meeting.panel"]
# The address of their own page, in each mail to a customer's person: `(person) -> address`, empty where there is none.
CUSTOMER_PAGE = "references.customer_page.addresses.address_for"
# By what clock a customer's person reads a mail who never said their zone: `(person) -> zone`.
CUSTOMER_ZONE = "references.accounts.places.zone_of_person"
PLAN_PANELS = ["nominations:plan-panel"]
CONTACT_PANELS = [
    "references:contact-goodwill",
    "references:contact-terms",
    "incentives:contact-rewards",
    "references:contact-face-time",
]
ACCOUNT_PANELS = [
    "references:account-membership",
    "nominations:account-panel",
    "references:account-goodwill",
    "references:account-outcomes",
    "references:account-programs",
    "references:account-asks",
    "references:account-content",
    "references:account-face-time",
    "awards:account-contests",
    "incentives:account-record",
    "incentives:account-rewards",
]
DEAL_PANELS = ["references:opportunity-requests"]
API_ROUTERS = [
    ("", "refprogram.people.api.router"),
    ("", "refprogram.governance.approvals.api.router"),
    ("", "refprogram.governance.approvals.chain_api.router"),
    ("", "refprogram.people.leave_api.router"),
    ("", "refprogram.people.calendars.api.router"),
    ("", "refprogram.people.work.api.router"),
    ("", "references.exchange.api.router"),  # /accounts/import comes before /accounts/{public_id}
    ("", "references.goodwill.api.router"),
    ("", "references.profiles.api.router"),
    ("", "references.merging.api.router"),
    ("", "references.accounts.api.router"),
    ("", "references.requests.api.router"),
    ("", "references.catalogue.api.router"),
    ("", "references.batches.api.router"),
    ("", "references.assignment.api.router"),
    ("", "references.surveys.api.router"),
    ("", "references.consents.api.router"),
    ("", "references.content.api.router"),
    ("", "references.coverage.api.router"),
    ("", "nominations.signals.api.router"),
    ("", "nominations.campaigns.api.router"),
    ("", "nominations.waves.api.router"),
    ("", "nominations.api.router"),
    ("", "nominations.standings.api.router"),
    ("", "nominations.quotas.api.router"),
    ("", "awards.judging.api.router"),
    ("", "awards.judging.ballot_api.router"),
    ("", "awards.results.api.router"),
    ("", "awards.results.deciding_api.router"),
    ("", "awards.closing.api.router"),
    ("", "awards.promotion.api.router"),
    ("", "awards.voting.api.router"),
    ("", "awards.prizes.api.router"),
    ("", "awards.assignment.api.router"),
    ("", "awards.contests.api.router"),
    ("", "awards.contests.category_api.router"),
    ("", "awards.entries.api.router"),
    ("", "incentives.badges.api.router"),
    ("", "incentives.recognition.api.router"),
    ("", "incentives.newsletters.api.router"),
    ("", "incentives.rulebook.api.router"),
    ("", "incentives.simulation.api.router"),
    ("", "incentives.watch.api.router"),
    ("", "incentives.pay.api.router"),
    ("", "incentives.pay.plan_api.router"),
    ("", "incentives.quality.api.router"),
    ("", "incentives.activity.api.router"),
    ("", "incentives.ledger.api.router"),
    ("", "incentives.catalogue.api.router"),
    ("", "incentives.draws.api.router"),
    ("", "refprogram.governance.budgets.api.router"),
    ("", "refprogram.governance.fulfilment.api.router"),
    ("", "refprogram.governance.consequences.api.router"),
    ("", "refprogram.governance.charter.api.router"),
    ("", "refprogram.governance.charter.part_api.router"),
    ("", "refprogram.governance.pilots.api.router"),
    ("", "refprogram.governance.plotting.api.router"),
    ("", "refprogram.governance.stakeholders.api.router"),
    ("", "refprogram.governance.readiness.api.router"),
    ("", "refprogram.governance.feedback.api.router"),
    ("", "refprogram.governance.sponsors.api.router"),
    ("", "refprogram.governance.stakeholders.directory_api.router"),
    ("", "refprogram.governance.facetime.api.router"),
    ("", "refprogram.dashboards.api.router"),
    ("", "refprogram.kernel.events_api.router"),
    ("", "refprogram.kernel.files.api.router"),
    ("", "refprogram.ops.api.router"),
    ("", "refprogram.kernel.edit_history.api.router"),
    ("", "refprogram.kernel.custom_fields.router.router"),
    ("", "refprogram.kernel.program_settings.api.router"),
    ("", "refprogram.kernel.form_builder.api.router"),
]
# --- figures that policies of consequences judge by: `(starts_on, ends_on, users) -> {user id: Decimal}` ---------
CONSEQUENCE_METRICS: dict[str, dict[str, Any]] = {
    "overdue_feedback": {
        "label": _("References without the requester’s feedback"),
        "count": "references.requests.selectors.overdue_feedback_by_user",
    },
    "nominations_submitted": {
        "label": _("Nominations submitted"),
        "count": "nominations.selectors.submitted_by_user",
    },
    "quota_reached": {
        "label": _("Quota of nominations, reached in percent"),
        "count": "nominations.quotas.selectors.reached_by_user",
        "proposed_by_room": True,
    },
    "work_activity": {
        "label": _("Activities logged in the CRM"),
        "count": "refprogram.people.work.selectors.logged_by_user",
    },
    "data_quality": {
        "label": _("Data quality of the month, of 100"),
        "count": "incentives.quality.selectors.score_by_user",
    },
    "adoption": {
        "label": _("Use of the CRM, percent of working days"),
        "count": "incentives.activity.reading.adoption_by_user",
    },
    "bottom_adoption": {
        "label": _("Lowest few by use of the CRM"),
        "count": "incentives.activity.reading.adoption_by_user",
        "proposed_by_room": True,
    },
    "bottom_activity": {
        "label": _("Lowest few by activities"),
        "count": "incentives.activity.reading.activity_by_user",
        "proposed_by_room": True,
    },
}
# --- readiness: the figures by which one may see that people do something new: `() -> [(key, name), …]` --------------
READINESS_METRICS = "refprogram.dashboards.metrics.registry.choices"
# --- the map: what may be plotted beside typed text: `(user, public_id) -> governance.plotting.weighing.About | None`
PLOTTABLES = {
    "request": "references.requests.plotting.about",
    "target": "references.coverage.plotting.about",
    "campaign": "nominations.campaigns.plotting.about",
}
# --- pilots: what can be tried with a few first (`refprogram.governance.pilots.things.Pilotable`), and named features,
# each with its name and page; their rooms ask `governance.pilots.rules.open_to`.
PILOTABLES = {
    "rule": "incentives.rulebook.piloting.PILOTABLE",
    "wave": "nominations.waves.piloting.PILOTABLE",
    "message": "nominations.campaigns.piloting.PILOTABLE",
    "feature": "refprogram.governance.pilots.features.PILOTABLE",
}
PILOT_FEATURES: dict[str, dict[str, Any]] = {
    "directory": {"label": _("Who knows what"), "url": "/directory/"},
    "feed": {"label": _("Feed of recognition"), "url": "/feed/"},
    "support_board": {"label": _("My customers, the page of support"), "url": "/dashboards/support/"},
}
# --- what sponsors can say of the program: `() -> {name: words}`, empty where nobody knows ----------------------
SPONSOR_FACTS = ["refprogram.dashboards.sponsor_facts.facts"]
# --- face time: for whom an hour of an executive may be asked, `(user, public_id) -> facetime.subjects.About | None`;
# and what stands against meeting somebody, `(about, people, viewer) -> Iterable[Objection]` ------------------------
FACE_TIME_SUBJECTS = {
    "user": "refprogram.governance.facetime.subjects.colleague",
    "account": "references.facetime.subjects.account",
    "contact": "references.facetime.subjects.contact",
    "award": "awards.promotion.meeting.subject",
}
FACE_TIME_CHECKS = ["references.facetime.checks.objections"]
# --- routing as data: per kind of approval, the traits that steps may go by, and what a draft is tried on -----------
# `() -> [(trait, label), …]` and `(since, most) -> [governance.approvals.planning.Case, …]`; without the second, the
# approvals of that kind.
APPROVAL_TRAITS = {"reference_ask": "references.requests.routing.traits"}
APPROVAL_CASES = {"reference_ask": "references.requests.routing.lately"}
# What else may stand against an ask: `(references.accounts.askable.Wish) -> Hindrance | None`.
ASK_CHECKS = ["references.goodwill.checks.reserved", "references.batches.checks.exclusive"]
# Who would rather not be named in rankings: `() -> QuerySet` of rows with their `person`.
NAMELESS_IN_RANKS = "incentives.recognition.selectors.nameless"
# What else is kept by the half-life of fatigue, recounted with it: `(references.accounts.policy.Figures) -> None`.
RECOUNTS = ["references.goodwill.giving.recount"]
