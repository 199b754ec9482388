"""Who listens to what nominations, campaigns and waves tell."""

from typing import Final

HEARD: Final = {
    "nomination.submitted": [
        "nominations.demand.record",
        "nominations.handlers.take_in",
        "nominations.handlers.count",
        "references.coverage.handlers.note_nomination",
        "incentives.handlers.apply_rules",
    ],
    "nomination.owner_asked": ["nominations.handlers.ask_owner"],
    "nomination.recheck_due": ["nominations.handlers.ask_recheck"],
    "nomination.drafted": ["nominations.signals.handlers.tell_of_draft"],
    "nomination.queued": ["nominations.demand.record", "nominations.handlers.tell_nominator"],
    "nomination.invited": ["nominations.handlers.tell_nominator"],
    "nomination.merged": [
        "nominations.demand.record",
        "nominations.handlers.tell_joined",
        "references.coverage.handlers.note_end",
        "nominations.waves.handlers.make_room",
        "nominations.quotas.handlers.settle",
    ],
    "nomination.first_act": [
        "nominations.handlers.count",
        "nominations.handlers.tell_nominator",
        "incentives.handlers.apply_rules",
    ],
    "nomination.ready": ["nominations.demand.record", "nominations.handlers.tell_screeners"],
    "nomination.approved": [
        "nominations.demand.record",
        "nominations.handlers.count",
        "nominations.handlers.tell_nominator",
        "nominations.waves.handlers.make_room",
        "nominations.quotas.handlers.settle",
        "incentives.handlers.apply_rules",
    ],
    "nomination.decided": [
        "nominations.demand.record",
        "nominations.handlers.tell_nominator",
        "references.coverage.handlers.note_end",
        "nominations.waves.handlers.make_room",
        "nominations.quotas.handlers.settle",
    ],
    "cohort.opened": ["nominations.waves.handlers.tell_members", "nominations.campaigns.handlers.send_to_cohort"],
    "campaign.followed": ["nominations.campaigns.handlers.tell_of_interest"],
    "wave.paused": ["nominations.waves.handlers.tell_paused"],
    "wave.resumed": ["nominations.waves.handlers.tell_resumed"],
    "nomination.enrolled": [
        "nominations.handlers.count",
        "nominations.handlers.tell_nominator",
        "incentives.handlers.apply_rules",
        "incentives.recognition.handlers.post_reference",
        "references.coverage.handlers.note_enrolment",
        "nominations.quotas.handlers.settle",
    ],
    "nomination.withdrawn": [
        "nominations.demand.record",
        "references.coverage.handlers.note_end",
        "nominations.waves.handlers.make_room",
        "nominations.quotas.handlers.settle",
    ],
}
