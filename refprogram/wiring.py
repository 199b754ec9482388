"""What each room plugs into the house: events, handlers, labels, links, desks, proofs, API, the clock.

The part of the settings that grows with every room; the rest (`settings.py`) is read from the environment. Everything
here is a name, resolved when first used, so no layer imports a higher one.
"""

from typing import Any

from celery.schedules import crontab

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
    "user.invited": ["refprogram.notices.joining.send_invitation"],
    "nomination.submitted": ["nominations.handlers.ask_owner", "nominations.handlers.count"],
    "nomination.ready": ["nominations.handlers.tell_screeners"],
    "nomination.approved": ["nominations.handlers.count", "nominations.handlers.tell_nominator"],
    "membership.invited": ["references.accounts.handlers.send_invitation"],
    "account.frozen": ["references.requests.handlers.let_go"],
    "account.review_due": ["references.accounts.handlers.ask_still_true"],
    "nomination.decided": ["nominations.handlers.tell_nominator"],
    "nomination.enrolled": [
        "nominations.handlers.count",
        "nominations.handlers.tell_nominator",
        "incentives.handlers.apply_rules",
    ],
    "membership.activated": ["nominations.handlers.enrol", "references.accounts.handlers.welcome"],
    "membership.declined": ["nominations.handlers.close_declined"],
    "membership.withdrawn": ["nominations.handlers.park_withdrawn"],
    "request.submitted": ["references.requests.handlers.tell_marketers", "incentives.handlers.apply_rules"],
    "request.asked_back": ["references.requests.handlers.tell_requester_of_question"],
    "request.answered": ["references.requests.handlers.tell_marketers_of_answer"],
    "request.decided": ["references.requests.handlers.tell_requester"],
    "candidate.proposed": ["references.requests.handlers.ask_owner"],
    "candidate.owner_approved": ["references.requests.handlers.invite_customer"],
    "candidate.owner_declined": ["references.requests.handlers.tell_marketers_of_loss"],
    "candidate.accepted": ["references.requests.handlers.tell_requester_of_yes"],
    "candidate.declined": ["references.requests.handlers.tell_marketers_of_loss"],
    "candidate.released": ["references.requests.handlers.excuse_customer"],
    "candidate.scheduled": ["references.requests.handlers.confirm_time"],
    "reference.delivered": ["references.requests.handlers.ask_feedback", "incentives.handlers.apply_rules"],
    "feedback.given": ["references.requests.handlers.thank"],
}

# --- names: how a subject of the stream, a link and a notice are resolved -----------------------------------
LABEL_RESOLVERS = {
    "person": "refprogram.people.selectors.person_labels",
    "user": "refprogram.people.selectors.user_labels",
    "team": "refprogram.people.selectors.team_labels",
    "account": "references.accounts.selectors.account_labels",
    "contact": "references.accounts.selectors.contact_labels",
    "freeze": "references.accounts.selectors.freeze_labels",
    "activitytype": "references.accounts.selectors.activity_labels",
    "opportunity": "references.accounts.selectors.opportunity_labels",
    "referencerequest": "references.requests.selectors.request_labels",
    "candidate": "references.requests.selectors.candidate_labels",
    "nomination": "nominations.selectors.nomination_labels",
    "rule": "incentives.selectors.rule_labels",
    "entry": "incentives.selectors.entry_labels",
    "target": "refprogram.dashboards.figures.target_labels",
}
LINK_PURPOSES: dict[str, dict[str, Any]] = {
    "owner_check": {"view": "nominations.link_views.owner_check", "days": 14, "once": True},
    "invitation": {"view": "references.accounts.link_views.invitation", "days": 60, "once": True},
    "still_true": {"view": "references.accounts.link_views.still_true", "days": 30, "once": True},
    "customer_ask": {"view": "references.requests.link_views.customer_ask", "days": 30, "once": False},
    "owner_approval": {"view": "references.requests.link_views.owner_approval", "days": 14, "once": True},
    "feedback": {"view": "references.requests.link_views.feedback", "days": 60, "once": True},
    "join": {"view": "refprogram.people.link_views.join", "days": 14, "once": True},
    "unsubscribe": {"view": "refprogram.notices.link_views.unsubscribe", "days": 365, "once": False},
}
NOTICE_KINDS = [
    "refprogram.notices.joining.KINDS",
    "refprogram.governance.notice_kinds.KINDS",
    "references.notice_kinds.KINDS",
    "nominations.notice_kinds.KINDS",
]

# --- jobs, proofs, and places on pages ---------------------------------------------------------------
JOB_RUNNERS = {
    "import": "references.exchange.services.run_import",
}
# What must always hold, asked by `manage.py verify`: `() -> Iterable[refprogram.kernel.proofs.Proof]`.
PROOFS = [
    "refprogram.kernel.proofs.proofs",
    "references.accounts.proofs.proofs",
    "references.requests.proofs.proofs",
    "nominations.proofs.proofs",
    "incentives.proofs.proofs",
]
DESKS = [
    "nominations.selectors.desk_items",
    "references.requests.selectors.desk_items",
    "references.accounts.selectors.desk_items",
]
ACCOUNT_PANELS = ["nominations:account-panel", "references:account-asks"]
API_ROUTERS = [
    ("", "refprogram.people.api.router"),
    ("", "references.exchange.api.router"),  # /accounts/import comes before /accounts/{public_id}
    ("", "references.accounts.api.router"),
    ("", "references.requests.api.router"),
    ("", "nominations.api.router"),
    ("", "incentives.api.router"),
    ("", "refprogram.kernel.events_api.router"),
]

# --- the clock -----------------------------------------------------------------------------------------------
CELERY_TASK_ROUTES = {"notices.*": {"queue": "mail"}, "kernel.run_job": {"queue": "bulk"}}
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep the stream": {"task": "kernel.sweep", "schedule": 15.0},
    "look after jobs": {"task": "kernel.reap_jobs", "schedule": 60.0},
    "send waiting mail": {"task": "notices.send_waiting", "schedule": 30.0},
    "daily digests": {"task": "notices.send_digests", "schedule": crontab(minute=5)},
    "remind of requests": {"task": "references.remind_of_requests", "schedule": crontab(minute="*/15")},
    "wake what time changes": {"task": "references.daily", "schedule": crontab(hour=5, minute=10)},
    "nomination reminders": {"task": "nominations.remind", "schedule": crontab(hour=7, minute=0)},
    "how the day ended": {"task": "dashboards.take_snapshot", "schedule": crontab(hour=23, minute=50)},
    "forget what is over": {"task": "kernel.forget", "schedule": crontab(hour=4, minute=20)},
    "weekly leaderboard": {
        "task": "nominations.weekly_digest",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon"),
    },
}
