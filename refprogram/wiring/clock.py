"""What happens by itself, and when: queues and the beat."""

from typing import Any

from celery.schedules import crontab

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
    "look for news to nominate": {"task": "nominations.look_for_news", "schedule": crontab(hour=6, minute=10)},
    "quotas go on": {"task": "nominations.quotas_go_on", "schedule": crontab(minute=25)},
    "quotas follow leave and cohorts": {"task": "nominations.quotas_daily", "schedule": crontab(hour=6, minute=50)},
    "close standings": {"task": "nominations.close_standings", "schedule": crontab(hour=4, minute=10)},
    "nomination reminders": {"task": "nominations.remind", "schedule": crontab(hour=7, minute=0)},
    "contests by the clock": {"task": "awards.contests_by_the_clock", "schedule": 60.0},
    "judging goes on": {"task": "awards.judging_goes_on", "schedule": crontab(minute="*/10")},
    "look at judges' ties": {"task": "awards.look_at_ties", "schedule": crontab(hour=5, minute=35)},
    "announce winners": {"task": "awards.announce_winners", "schedule": 60.0},
    "call on the field": {"task": "awards.remind_field", "schedule": crontab(hour=7, minute=10)},
    "remind of contest plans": {"task": "awards.remind_of_plans", "schedule": crontab(hour=7, minute=5)},
    "remind of entries": {"task": "awards.remind_of_entries", "schedule": crontab(minute=35)},
    "how the day ended": {"task": "dashboards.take_snapshot", "schedule": crontab(hour=23, minute=50)},
    "scan waiting files": {"task": "kernel.scan_files", "schedule": 60.0},
    "forget what is over": {"task": "kernel.forget", "schedule": crontab(hour=4, minute=20)},
    "send campaigns": {"task": "nominations.send_campaigns", "schedule": crontab(minute="*/10")},
    "run waves": {"task": "nominations.run_waves", "schedule": crontab(minute="*/15")},
    "weekly leaderboard": {
        "task": "nominations.weekly_digest",
        "schedule": crontab(hour=7, minute=30, day_of_week="mon"),
    },
}
