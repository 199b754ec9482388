"""What customers and colleagues may add: fields, files, answers to forms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

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
    "entry_file": {
        "extensions": [*_DOCUMENTS, "xlsx", "pptx", "csv"],
        "max_bytes": 20 * _MEGABYTE,
        "max_count": 30,
    },
    "sponsor_logo": {"extensions": ["png", "jpg", "jpeg", "webp"], "max_bytes": 2 * _MEGABYTE, "max_count": 1},
    "pay_evidence": {
        "extensions": [*_DOCUMENTS, "xlsx"],
        "max_bytes": 15 * _MEGABYTE,
        "max_count": 3,
        "send_ahead": "incentives.view_rewards",
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
    "contestentry": "awards.entries.selectors.entries_with_files_for",
    "sponsor": "awards.contests.selectors.sponsors_with_logos_for",
    "paydispute": "incentives.pay.selectors.disputes.files_for",
    "spiffentry": "incentives.pay.selectors.spiffs.proofs_for",
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
    "entry": {
        "label": _("Entries to contests"),
        "build": "awards.start_contests",
        "read": "awards.start_contests",
        "see_blind": "awards.start_contests",
        "files": "entry_file",
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
