"""What each room plugs into the house: events, handlers, labels, links, desks, proofs, API, the clock.

The part of the settings that grows with every room; the rest (`settings.py`) is read from the environment. Everything
here is a name, resolved when first used, so no layer imports a higher one.
"""

from typing import Any

import pghistory
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

# --- the stream: who emits what, who listens -------------------------------------------------------------
EVENT_TOPICS = [
    "refprogram.people.events.TOPICS",
    "refprogram.governance.events.TOPICS",
    "references.events.TOPICS",
    "nominations.events.TOPICS",
    "incentives.events.TOPICS",
    "refprogram.dashboards.events.TOPICS",
]
EVENT_HANDLERS = {
    "user.deactivated": ["refprogram.governance.approvals.handlers.look_again"],
    "user.role_changed": ["refprogram.governance.approvals.handlers.look_again"],
    "delegation.set": ["refprogram.governance.approvals.handlers.look_again"],
    "leave.set": ["refprogram.governance.approvals.handlers.look_again"],
    "approval.asked": ["refprogram.governance.approvals.handlers.ask_approvers"],
    "approval.stuck": ["refprogram.governance.approvals.handlers.tell_administrators"],
    "approval.questioned": ["refprogram.governance.approvals.handlers.tell_of_question"],
    "approval.answered": ["refprogram.governance.approvals.handlers.ask_again"],
    "approval.decided": [
        "refprogram.governance.approvals.handlers.tell_requester",
        "refprogram.governance.budgets.handlers.carry_out",
        "refprogram.governance.fulfilment.handlers.carry_out",
        "refprogram.governance.consequences.handlers.carry_out",
        "references.requests.handlers.decide_exception",
        "references.content.handlers.carry_out",
        "incentives.handlers.start_approved",
    ],
    "user.invited": ["refprogram.notices.joining.send_invitation"],
    "nomination.submitted": [
        "nominations.handlers.ask_owner",
        "nominations.handlers.count",
        "references.coverage.handlers.note_nomination",
    ],
    "nomination.ready": ["nominations.handlers.tell_screeners"],
    "nomination.approved": ["nominations.handlers.count", "nominations.handlers.tell_nominator"],
    "membership.invited": ["references.accounts.handlers.send_invitation"],
    "account.frozen": ["references.requests.handlers.let_go"],
    "account.review_due": ["references.accounts.handlers.ask_still_true"],
    "account.retired": ["references.accounts.following.thank_and_review", "references.requests.handlers.let_go"],
    "account.recovered": ["references.accounts.following.invite_to_nominate"],
    "account.merged": ["nominations.merging.follow"],
    "account.unmerged": ["nominations.merging.part"],
    "contact.merged": ["nominations.merging.follow"],
    "contact.unmerged": ["nominations.merging.part"],
    "outcome.verified": ["references.accounts.following.look_again"],
    "account.barred": ["references.requests.handlers.let_everybody_go"],
    "membership.accepted": ["references.accounts.handlers.ask_for_word"],
    "nomination.decided": ["nominations.handlers.tell_nominator", "references.coverage.handlers.note_end"],
    "nomination.enrolled": [
        "nominations.handlers.count",
        "nominations.handlers.tell_nominator",
        "incentives.handlers.apply_rules",
        "references.coverage.handlers.note_enrolment",
    ],
    "membership.activated": [
        "nominations.handlers.enrol",
        "references.accounts.handlers.welcome",
        "references.coverage.handlers.win_plans",
    ],
    "membership.declined": ["nominations.handlers.close_declined"],
    "membership.withdrawn": ["nominations.handlers.park_withdrawn"],
    "request.submitted": ["references.requests.handlers.take_in", "incentives.handlers.apply_rules"],
    "request.asked_back": ["references.requests.handlers.tell_requester_of_question"],
    "request.answered": ["references.requests.handlers.tell_marketers_of_answer"],
    "request.decided": ["references.requests.handlers.tell_requester"],
    "request.passed_on": ["references.requests.handlers.pass_on"],
    "request.settled": ["references.requests.handlers.tell_settled"],
    "candidate.proposed": ["references.requests.handlers.ask_owner"],
    "candidate.owner_approved": ["references.requests.handlers.invite_customer"],
    "candidate.owner_declined": [
        "references.requests.handlers.tell_marketers_of_loss",
        "references.requests.handlers.ask_next_in_line",
    ],
    "candidate.accepted": [
        "references.requests.handlers.show_name",
        "references.requests.handlers.tell_requester_of_yes",
    ],
    "candidate.declined": [
        "references.requests.handlers.tell_marketers_of_loss",
        "references.requests.handlers.ask_next_in_line",
    ],
    "candidate.no_reply": [
        "references.requests.handlers.tell_marketers_of_silence",
        "references.requests.handlers.ask_next_in_line",
    ],
    "batch.name_asked": ["references.batches.handlers.ask_customer"],
    "batch.name_allowed": ["references.batches.handlers.tell_requester"],
    "batch.name_refused": ["references.batches.handlers.tell_requester"],
    "candidate.no_show": ["references.requests.handlers.tell_of_absence"],
    "candidate.released": ["references.requests.handlers.excuse_customer"],
    "candidate.scheduled": ["references.requests.handlers.confirm_time"],
    "reference.delivered": ["references.requests.handlers.ask_feedback", "incentives.handlers.apply_rules"],
    "consent.given": ["references.profiles.handlers.recount"],
    "consent.revoked": ["references.profiles.handlers.recount"],
    "consent.lapsed": ["references.profiles.handlers.recount"],
    "account.changed": ["references.profiles.handlers.recount"],
    "contact.changed": ["references.profiles.handlers.recount"],
    "correction.refused": ["references.profiles.handlers.tell_author"],
    "account.unmasked": ["references.profiles.handlers.tell_of_unmasking"],
    "correction.done": ["references.profiles.handlers.tell_author"],
    "survey.answered": [
        "references.surveys.handlers.tell_owner_of_low_score",
        "references.accounts.following.look_again",
        "references.profiles.handlers.recount",
    ],
    "feedback.given": ["references.requests.handlers.thank"],
    "asset.sent": ["references.content.handlers.send_draft"],
    "asset.answered": ["references.content.handlers.tell_of_review"],
    "board.seen": ["references.content.handlers.tell_of_first_look"],
    "release.asked": ["references.consents.handlers.send_release"],
    "release.agreed": ["references.consents.handlers.tell_of_answer"],
    "release.declined": ["references.consents.handlers.tell_of_answer"],
    "terms.revoked": ["references.consents.handlers.tell_of_revocation"],
    "approval.withdrawn": [
        "refprogram.governance.budgets.handlers.carry_out",
        "refprogram.governance.fulfilment.handlers.carry_out",
    ],
    "case.notified": ["refprogram.governance.consequences.handlers.send_notice"],
    "case.appealed": ["refprogram.governance.consequences.handlers.ask_for_answer"],
    "case.upheld": ["refprogram.governance.consequences.handlers.tell_outcome"],
    "case.waived": ["refprogram.governance.consequences.handlers.tell_outcome"],
    "case.served": ["refprogram.governance.consequences.handlers.tell_of_end"],
    "restriction.lifted": ["refprogram.governance.consequences.handlers.see_lifted"],
    "task.given": ["refprogram.governance.consequences.handlers.tell_of_task"],
    "task.done": ["refprogram.governance.consequences.handlers.tell_giver"],
    "fund.opened": ["refprogram.governance.budgets.handlers.tell_owner"],
    "fund.rejected": ["refprogram.governance.budgets.handlers.tell_owner"],
    "budget.alert": ["refprogram.governance.budgets.handlers.tell_of_alert"],
    "budget.funded": [
        "refprogram.governance.budgets.handlers.tell_of_money",
        "refprogram.governance.fulfilment.handlers.have_money",
    ],
    "budget.released": ["refprogram.governance.fulfilment.handlers.lose_money"],
    "gift.ready": ["refprogram.governance.fulfilment.handlers.tell_of_order"],
    "gift.delivered": [
        "refprogram.governance.fulfilment.handlers.tell_of_delivery",
        "references.goodwill.handlers.write_down_gift",
    ],
    "ask.spent": ["references.goodwill.handlers.write_down", "references.profiles.handlers.recount"],
    "ask.declined": ["references.goodwill.handlers.write_down", "references.profiles.handlers.recount"],
    "gift.acknowledged": ["refprogram.governance.fulfilment.handlers.tell_of_answer"],
    "gift.missing": ["refprogram.governance.fulfilment.handlers.tell_of_answer"],
    "gift.refused": ["refprogram.governance.fulfilment.handlers.tell_of_answer"],
    "nomination.withdrawn": ["references.coverage.handlers.note_end"],
}

# --- names: how a subject of the stream, a link and a notice are resolved -----------------------------------
LABEL_RESOLVERS = {
    "fund": "refprogram.governance.budgets.selectors.fund_labels",
    "commitment": "refprogram.governance.budgets.selectors.commitment_labels",
    "fulfilment": "refprogram.governance.fulfilment.selectors.fulfilment_labels",
    "consequencepolicy": "refprogram.governance.consequences.selectors.policy_labels",
    "consequencecase": "refprogram.governance.consequences.selectors.case_labels",
    "task": "refprogram.governance.consequences.selectors.task_labels",
    "person": "refprogram.people.selectors.person_labels",
    "user": "refprogram.people.selectors.user_labels",
    "team": "refprogram.people.selectors.team_labels",
    "businesscalendar": "refprogram.people.selectors.calendar_labels",
    "workactivity": "refprogram.people.work.selectors.labels",
    "approval": "refprogram.governance.approvals.selectors.approval_labels",
    "chain": "refprogram.governance.approvals.selectors.chain_labels",
    "account": "references.accounts.selectors.account_labels",
    "contact": "references.accounts.selectors.contact_labels",
    "freeze": "references.accounts.selectors.freeze_labels",
    "outcome": "references.profiles.selectors.outcome_labels",
    "correction": "references.profiles.selectors.correction_labels",
    "linkedprogram": "references.profiles.selectors.program_labels",
    "participation": "references.profiles.selectors.participation_labels",
    "reservation": "references.goodwill.selectors.reservation_labels",
    "goodwillentry": "references.goodwill.selectors.entry_labels",
    "activitytype": "references.accounts.selectors.activity_labels",
    "opportunity": "references.accounts.selectors.opportunity_labels",
    "consent": "references.consents.selectors.consent_labels",
    "asset": "references.content.selectors.asset_labels",
    "board": "references.content.selectors.board_labels",
    "placement": "references.content.selectors.placement_labels",
    "consenttemplate": "references.consents.selectors.template_labels",
    "release": "references.consents.selectors.release_labels",
    "referencerequest": "references.requests.selectors.request_labels",
    "requestbatch": "references.batches.selectors.batch_labels",
    "batchname": "references.batches.selectors.name_labels",
    "candidate": "references.requests.selectors.candidate_labels",
    "survey": "references.surveys.selectors.survey_labels",
    "surveyinvitation": "references.surveys.selectors.invitation_labels",
    "recruitingtarget": "references.coverage.selectors.target_labels",
    "targetplan": "references.coverage.selectors.plan_labels",
    "programsetting": "refprogram.kernel.program_settings.selectors.setting_labels",
    "formdesign": "refprogram.kernel.form_builder.selectors.design_labels",
    "nomination": "nominations.selectors.nomination_labels",
    "rule": "incentives.selectors.rule_labels",
    "entry": "incentives.selectors.entry_labels",
    "target": "refprogram.dashboards.figures.target_labels",
}
LINK_PURPOSES: dict[str, dict[str, Any]] = {
    "my_page": {"view": "references.customer_page.link_views.my_page", "days": 1095, "once": False},
    "gift_receipt": {"view": "refprogram.governance.fulfilment.link_views.receipt", "days": 60, "once": False},
    "owner_check": {"view": "nominations.link_views.owner_check", "days": 14, "once": True},
    "invitation": {"view": "references.accounts.link_views.invitation", "days": 60, "once": True},
    "draft_review": {"view": "references.content.link_views.review", "days": 60, "once": False},
    "board": {"view": "references.content.link_views.board", "days": 30, "once": False},
    "release": {"view": "references.consents.link_views.release", "days": 1095, "once": False},
    "consent_verify": {"view": "references.consents.link_views.verify", "days": 1095, "once": False},
    "still_true": {"view": "references.accounts.link_views.still_true", "days": 30, "once": True},
    "batch_name": {"view": "references.batches.link_views.name", "days": 60, "once": False},
    "customer_ask": {"view": "references.requests.link_views.customer_ask", "days": 30, "once": False},
    "owner_approval": {"view": "references.requests.link_views.owner_approval", "days": 14, "once": True},
    "feedback": {"view": "references.requests.link_views.feedback", "days": 60, "once": True},
    "approval": {"view": "refprogram.governance.approvals.link_views.decide", "days": 14, "once": True},
    "survey": {"view": "references.surveys.link_views.survey", "days": 45, "once": False},
    "join": {"view": "refprogram.people.link_views.join", "days": 14, "once": True},
    "calendar_feed": {"view": "refprogram.people.link_views.calendar_feed", "days": 1095, "once": False},
    "unsubscribe": {"view": "refprogram.notices.link_views.unsubscribe", "days": 365, "once": False},
}
NOTICE_KINDS = [
    "refprogram.notices.joining.KINDS",
    "refprogram.governance.notice_kinds.KINDS",
    "references.notice_kinds.KINDS",
    "nominations.notice_kinds.KINDS",
]

# --- edits: the nouns that show who changed what, from what to what (kernel.edit_history) ----------------------------
EDIT_NOUNS = {
    "user": "refprogram.people.edits.USER",
    "team": "refprogram.people.edits.TEAM",
    "chain": "refprogram.governance.edits.CHAIN",
    "fund": "refprogram.governance.edits.FUND",
    "policy": "refprogram.governance.edits.POLICY",
    "fulfilment": "refprogram.governance.edits.FULFILMENT",
    "account": "references.edits.ACCOUNT",
    "contact": "references.edits.CONTACT",
    "opportunity": "references.edits.OPPORTUNITY",
    "request": "references.edits.REQUEST",
    "batch": "references.edits.BATCH",
    "recruiting": "references.coverage.edits.RECRUITING",
    "plan": "references.coverage.edits.PLAN",
    "asset": "references.edits.ASSET",
    "outcome": "references.profiles.edits.OUTCOME",
    "program": "references.profiles.edits.PROGRAM",
    "nomination": "nominations.edits.NOMINATION",
    "rule": "incentives.edits.RULE",
    "setting": "refprogram.kernel.program_settings.edits.SETTING",
}

# Persons: each room's `privacy.py` says what it holds of one, empties it, and may say what hinders that (ops.erasing).
# From the top of the house down, as locks are taken; what others look up (the person, links) comes last.
PERSON_HOOKS: list[dict[str, Any]] = [
    {"module": "incentives.privacy", "label": _("Points")},
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
]

# Copies are read by row, never by who or what a row pointed to: their keys need no index.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# --- figures that are policy: each room's class of them, in the order of the page /settings/program/ --------------
PROGRAM_POLICIES = [
    "references.accounts.policy.Figures",
    "references.merging.policy.Figures",
    "references.goodwill.policy.Figures",
    "references.requests.policy.Figures",
    "references.assignment.policy.Figures",
    "references.coverage.policy.Figures",
    "references.profiles.policy.Figures",
    "references.consents.policy.Figures",
    "references.content.policy.Figures",
]

# --- jobs, proofs, and places on pages ---------------------------------------------------------------
JOB_RUNNERS = {
    "import": "references.exchange.services.run_import",
    "recount_rests": "references.accounts.recounting.recount_rests",
    "recount_readiness": "references.profiles.counting.recount",
    "assignment": "references.assignment.services.run_job",
    "accept_assignment": "references.assignment.services.accept_all",
    "work_activity": "refprogram.people.work.services.run_file",
}
# What must always hold, asked by `manage.py verify`: `() -> Iterable[refprogram.kernel.proofs.Proof]`.
PROOFS = [
    "refprogram.kernel.proofs.proofs",
    "refprogram.kernel.retention.proofs",
    "refprogram.governance.budgets.proofs.proofs",
    "refprogram.governance.fulfilment.proofs.proofs",
    "refprogram.governance.consequences.proofs.proofs",
    "refprogram.governance.approvals.proofs.proofs",
    "references.accounts.proofs.proofs",
    "references.merging.proofs.proofs",
    "references.goodwill.proofs.proofs",
    "references.requests.proofs.proofs",
    "references.surveys.proofs.proofs",
    "references.coverage.proofs.proofs",
    "references.content.proofs.proofs",
    "nominations.proofs.proofs",
    "incentives.proofs.proofs",
]
DESKS = [
    "refprogram.governance.approvals.selectors.desk_items",
    "refprogram.governance.fulfilment.selectors.desk_items",
    "refprogram.governance.consequences.desk.desk_items",
    "nominations.selectors.desk_items",
    "references.requests.selectors.desk_items",
    "references.coverage.selectors.desk_items",
    "references.accounts.selectors.desk_items",
    "references.goodwill.selectors.desk_items",
    "references.content.selectors.desk_items",
    "references.profiles.selectors.desk_items",
]
# What stands in one's own calendar: `(user, since) -> Iterable[refprogram.people.calendars.ics.Entry]`.
CALENDAR_FEEDS = [
    "refprogram.people.calendars.feeds.leaves",
    "references.requests.calendars.agreed_calls",
    "references.goodwill.selectors.feed",
]
# What rests on a consent, ended in the transaction in which that is taken back: `(consent=…, actor=…)`; on what may be
# shown of a contact: `(contact=…, actor=…)`. Names, because the rooms that rest on it lie above the one that ends it.
CONSENT_REVOKED = ["references.consents.services.end_terms_of"]
TERMS_ENDED = ["references.content.services.take_down_for"]
# What else vouches for a customer before they take part: `(account) -> str`, empty where it knows nothing.
VERIFIED_FACTS = ["references.profiles.vouching.verified_outcome"]
# What rooms show on a customer's own page: `(contact) -> references.customer_page.panels.Panel | None`, by name.
CUSTOMER_PANELS = {"gifts": "references.customer_page.panels.gifts"}
# The address of their own page, in each mail to a customer's person: `(person) -> address`, empty where there is none.
CUSTOMER_PAGE = "references.customer_page.addresses.address_for"
CONTACT_PANELS = ["references:contact-goodwill", "references:contact-terms"]
ACCOUNT_PANELS = [
    "references:account-membership",
    "nominations:account-panel",
    "references:account-goodwill",
    "references:account-outcomes",
    "references:account-programs",
    "references:account-asks",
    "references:account-content",
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
    ("", "nominations.api.router"),
    ("", "incentives.api.router"),
    ("", "refprogram.governance.budgets.api.router"),
    ("", "refprogram.governance.fulfilment.api.router"),
    ("", "refprogram.governance.consequences.api.router"),
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
    "work_activity": {
        "label": _("Activities logged in the CRM"),
        "count": "refprogram.people.work.selectors.logged_by_user",
    },
}

# --- added fields: the nouns that a company may add fields to ------------------------------------------------------
CUSTOM_FIELD_NOUNS: dict[str, dict[str, Any]] = {
    "account": {
        "label": _("Accounts"),
        "model": "references.Account",
        "table": "references.accounts.tables.AccountTable",
        "headings": "references.exchange.added.headings",
    },
    "contact": {
        "label": _("Contacts"),
        "model": "references.Contact",
        "headings": "references.exchange.added.headings",
    },
    "opportunity": {
        "label": _("Deals"),
        "model": "references.Opportunity",
        "table": "references.accounts.tables.OpportunityTable",
        "headings": "references.exchange.added.headings",
    },
    "nomination": {
        "label": _("Nominations"),
        "model": "nominations.Nomination",
        "table": "nominations.tables.NominationTable",
    },
    "request": {
        "label": _("Requests"),
        "model": "references.ReferenceRequest",
        "table": "references.requests.tables.RequestTable",
    },
}

# --- files: what may be uploaded for what, and who may read what is attached (`(user) -> ids of the subjects`) -----
# `send_ahead`: the permission to send it over the API before the body that names it; without one, it is not sent ahead.
_DOCUMENTS = ["pdf", "jpg", "jpeg", "png", "webp", "docx", "txt"]
_MEGABYTE = 1024 * 1024
FILE_POLICIES: dict[str, dict[str, Any]] = {
    "answer": {"extensions": [*_DOCUMENTS, "xlsx", "pptx", "csv"], "max_bytes": 20 * _MEGABYTE, "max_count": 20},
    "work_activity": {"extensions": ("csv", "xlsx"), "max_bytes": 50 * _MEGABYTE, "max_count": 1},
    "gift_proof": {
        "extensions": _DOCUMENTS,
        "max_bytes": 15 * _MEGABYTE,
        "max_count": 1,
        "send_ahead": "governance.handle_gifts",
    },
    "outcome_evidence": {
        "extensions": [*_DOCUMENTS, "xlsx", "pptx"],
        "max_bytes": 15 * _MEGABYTE,
        "max_count": 1,
        "send_ahead": "references.send_evidence",
    },
    "asset_file": {"extensions": _DOCUMENTS, "max_bytes": 20 * _MEGABYTE, "max_count": 1},
    "consent_evidence": {
        "extensions": _DOCUMENTS,
        "max_bytes": 15 * _MEGABYTE,
        "max_count": 1,
        "send_ahead": "references.send_evidence",
    },
}
FILE_READERS = {
    "fulfilment": "refprogram.governance.fulfilment.selectors.files_for",
    "formanswer": "refprogram.kernel.form_builder.selectors.answers_with_files_for",
    "consent": "references.accounts.selectors.consents_with_evidence_for",
    "outcome": "references.profiles.selectors.outcomes_with_files_for",
    "assetpart": "references.content.selectors.parts_with_files_for",
}

# What forms are for: label, who may build them, read answers, and see blind fields (permissions), whether every
# colleague may answer them signed in, and which file policy holds for what is uploaded.
FORM_PURPOSES: dict[str, dict[str, Any]] = {
    "survey": {
        "label": _("Surveys of customers"),
        "build": "references.run_surveys",
        "read": "references.see_surveys",
        "see_blind": "references.run_surveys",
        "files": "answer",
    },
    "colleagues": {
        "label": _("Questions to colleagues"),
        "build": "references.run_surveys",
        "read": "references.run_surveys",
        "see_blind": "references.run_surveys",
        "colleagues": True,
        "files": "answer",
    },
}

# What else may stand against an ask: `(references.accounts.askable.Wish) -> Hindrance | None`.
ASK_CHECKS = ["references.goodwill.checks.reserved", "references.batches.checks.exclusive"]
# What else is kept by the half-life of fatigue, recounted with it: `(references.accounts.policy.Figures) -> None`.
RECOUNTS = ["references.goodwill.giving.recount"]

# --- the clock -----------------------------------------------------------------------------------------------
CELERY_TASK_ROUTES = {"notices.*": {"queue": "mail"}, "kernel.run_job": {"queue": "bulk"}}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep the stream": {"task": "kernel.sweep", "schedule": 15.0},
    "look after jobs": {"task": "kernel.reap_jobs", "schedule": 60.0},
    "send waiting mail": {"task": "notices.send_waiting", "schedule": 30.0},
    "take holidays": {"task": "people.take_holidays", "schedule": crontab(day_of_month=1, hour=4, minute=40)},
    "daily digests": {"task": "notices.send_digests", "schedule": crontab(minute=5)},
    "remind of requests": {"task": "references.remind_of_requests", "schedule": crontab(minute="*/15")},
    "send surveys": {"task": "references.send_surveys", "schedule": crontab(minute="*/10")},
    "follow surveys": {"task": "references.follow_surveys", "schedule": crontab(hour=6, minute=30)},
    "count readiness": {"task": "references.count_readiness", "schedule": crontab(hour=5, minute=40)},
    "count coverage": {"task": "references.count_coverage", "schedule": 30.0},
    "assign what waits": {"task": "references.assign_nightly", "schedule": crontab(hour=5, minute=45)},
    "forecast demand": {"task": "references.forecast_demand", "schedule": crontab(hour=5, minute=20)},
    "keep a month of coverage": {
        "task": "references.keep_coverage",
        "schedule": crontab(day_of_month=1, hour=6, minute=0),
    },
    "take down what has no consent": {"task": "references.take_down_lapsed", "schedule": crontab(minute="*/5")},
    "look at stories again": {"task": "references.call_for_refresh", "schedule": crontab(hour=5, minute=20)},
    "tell of consents that end": {"task": "references.tell_of_consent_ends", "schedule": crontab(hour=6, minute=45)},
    "wake what time changes": {"task": "references.daily", "schedule": crontab(hour=5, minute=10)},
    "how hard customers were asked": {
        "task": "references.goodwill_week",
        "schedule": crontab(hour=7, minute=20, day_of_week="mon"),
    },
    "cases go on": {"task": "governance.follow_up_cases", "schedule": crontab(minute="*/5")},
    "look at closed periods": {"task": "governance.evaluate_policies", "schedule": crontab(hour=5, minute=30)},
    "what the review board has": {
        "task": "governance.review_digest",
        "schedule": crontab(hour=7, minute=15, day_of_week="mon"),
    },
    "approvals go on": {"task": "governance.follow_up_approvals", "schedule": crontab(minute="*/15")},
    "nomination reminders": {"task": "nominations.remind", "schedule": crontab(hour=7, minute=0)},
    "how the day ended": {"task": "dashboards.take_snapshot", "schedule": crontab(hour=23, minute=50)},
    "scan waiting files": {"task": "kernel.scan_files", "schedule": 60.0},
    "forget what is over": {"task": "kernel.forget", "schedule": crontab(hour=4, minute=20)},
    "weekly leaderboard": {
        "task": "nominations.weekly_digest",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon"),
    },
}
