"""What is known of each noun: names, links, notices, edits, persons, added fields, files, forms."""

from typing import Any

import pghistory
from django.utils.translation import gettext_lazy as _

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
    "nominationlink": "nominations.signals.selectors.link_labels",
    "campaign": "nominations.campaigns.selectors.campaign_labels",
    "campaignmessage": "nominations.campaigns.selectors.message_labels",
    "kickoffitem": "nominations.campaigns.selectors.item_labels",
    "wave": "nominations.waves.selectors.wave_labels",
    "quotaplan": "nominations.quotas.selectors.plan_labels",
    "quotashare": "nominations.quotas.selectors.share_labels",
    "cohort": "nominations.waves.selectors.cohort_labels",
    "rule": "incentives.selectors.rule_labels",
    "entry": "incentives.selectors.entry_labels",
    "target": "refprogram.dashboards.figures.target_labels",
}
LINK_PURPOSES: dict[str, dict[str, Any]] = {
    "my_page": {"view": "references.customer_page.link_views.my_page", "days": 1095, "once": False},
    "gift_receipt": {"view": "refprogram.governance.fulfilment.link_views.receipt", "days": 60, "once": False},
    "nominate_by_mail": {"view": "nominations.standings.link_views.nominate", "days": 14, "once": True},
    "screen_by_mail": {"view": "nominations.screening_mail.decide", "days": 7, "once": True},
    "remind_team": {"view": "nominations.standings.link_views.remind_team", "days": 7, "once": True},
    "thank_team": {"view": "nominations.standings.link_views.thank_team", "days": 7, "once": True},
    "owner_check": {"view": "nominations.link_views.owner_check", "days": 14, "once": True},
    "nominate": {"view": "nominations.signals.link_views.nominate", "days": 180, "once": False},
    "nomination_recheck": {"view": "nominations.link_views.owner_check", "days": 30, "once": True},
    "invitation": {"view": "references.accounts.link_views.invitation", "days": 60, "once": True},
    "draft_review": {"view": "references.content.link_views.review", "days": 60, "once": False},
    "board": {"view": "references.content.link_views.board", "days": 30, "once": False},
    "release": {"view": "references.consents.link_views.release", "days": 1095, "once": False},
    "consent_verify": {"view": "references.consents.link_views.verify", "days": 1095, "once": False},
    "still_true": {"view": "references.accounts.link_views.still_true", "days": 30, "once": True},
    "campaign": {"view": "nominations.campaigns.link_views.campaign", "days": 60, "once": False},
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
    "nominations.quotas.notice_kinds.KINDS",
    "nominations.waves.notice_kinds.KINDS",
    "nominations.campaigns.notice_kinds.KINDS",
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
    "signal": "nominations.signals.edits.SIGNAL",
    "quota": "nominations.quotas.edits.QUOTA",
    "campaign": "nominations.campaigns.edits.CAMPAIGN",
    "wave": "nominations.waves.edits.WAVE",
    "rule": "incentives.edits.RULE",
    "setting": "refprogram.kernel.program_settings.edits.SETTING",
}
# Persons: each room's `privacy.py` says what it holds of one, empties it, and may say what hinders that (ops.erasing).
# From the top of the house down, as locks are taken; what others look up (the person, links) comes last.
PERSON_HOOKS: list[dict[str, Any]] = [
    {"module": "incentives.privacy", "label": _("Points")},
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
    "campaign_asset": {
        "extensions": [*_DOCUMENTS, "xlsx", "pptx"],
        "max_bytes": 20 * _MEGABYTE,
        "max_count": 20,
        "send_ahead": "nominations.run_campaigns",
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
    "campaign": "nominations.campaigns.selectors.campaigns_with_files_for",
    "campaignmessage": "nominations.campaigns.selectors.messages_with_files_for",
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
