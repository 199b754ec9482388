"""Who emits what; who listens stands in `heard/`, by the room that tells it."""

from refprogram.wiring.heard import awards, house, incentives, nominations, references

__all__ = ["EVENT_HANDLERS", "EVENT_TOPICS"]

# --- the stream: who emits what, who listens -------------------------------------------------------------
EVENT_TOPICS = [
    "refprogram.people.events.TOPICS",
    "refprogram.governance.events.TOPICS",
    "references.events.TOPICS",
    "nominations.events.TOPICS",
    "nominations.standings.events.TOPICS",
    "nominations.quotas.events.TOPICS",
    "nominations.waves.events.TOPICS",
    "nominations.campaigns.events.TOPICS",
    "awards.contests.events.TOPICS",
    "awards.entries.events.TOPICS",
    "awards.judging.events.TOPICS",
    "awards.assignment.events.TOPICS",
    "awards.results.events.TOPICS",
    "awards.closing.events.TOPICS",
    "awards.promotion.events.TOPICS",
    "awards.prizes.events.TOPICS",
    "awards.voting.events.TOPICS",
    "incentives.events.TOPICS",
    "incentives.quality.events.TOPICS",
    "incentives.activity.events.TOPICS",
    "incentives.pay.events.TOPICS",
    "incentives.watch.events.TOPICS",
    "incentives.badges.events.TOPICS",
    "incentives.draws.events.TOPICS",
    "incentives.catalogue.events.TOPICS",
    "incentives.recognition.events.TOPICS",
    "incentives.newsletters.events.TOPICS",
    "refprogram.dashboards.events.TOPICS",
]
EVENT_HANDLERS = house.HEARD | references.HEARD | nominations.HEARD | awards.HEARD | incentives.HEARD
