"""Who listens to what points, pay and rewards tell."""

from typing import Final

HEARD: Final = {
    "badge.granted": [
        "incentives.badges.handlers.tell_of_badge",
        "incentives.recognition.handlers.post_badge",
        "incentives.handlers.apply_rules",
    ],
    "badge.revoked": ["incentives.badges.handlers.tell_of_end", "incentives.recognition.handlers.drop_badge"],
    "thanks.given": ["incentives.recognition.handlers.post_thanks"],
    "thanks.taken_back": ["incentives.recognition.handlers.drop_thanks"],
    "letter.drafted": ["incentives.recognition.handlers.tell_writer"],
    "letter.sent": ["incentives.recognition.handlers.deliver_letter"],
    "points.reversed": ["incentives.handlers.free_caps"],
    "quality.won": [
        "incentives.quality.handlers.tell_winner",
        "incentives.catalogue.handlers.hand_out_voucher",
        "incentives.handlers.apply_rules",
    ],
    "quality.month_closed": ["incentives.handlers.apply_rules"],
    "adoption.counted": ["incentives.handlers.apply_rules"],
    "week.counted": ["incentives.handlers.apply_rules"],
    "quality.excused": ["incentives.quality.handlers.tell_of_excuse"],
    "proof.asked": ["incentives.activity.handlers.ask_for_proof"],
    "proof.given": ["incentives.activity.handlers.tell_judges"],
    "proof.judged": ["incentives.activity.handlers.tell_author"],
    "presentation.drafted": ["incentives.activity.handlers.tell_executives"],
    "presentation.asked": ["incentives.activity.handlers.send_letter"],
    "presentation.again": ["incentives.activity.handlers.send_letter"],
    "presentation.passed": ["incentives.activity.handlers.tell_of_end"],
    "presentation.called_off": ["incentives.activity.handlers.tell_of_end"],
    "pot.proposed": ["incentives.activity.handlers.ask_legal"],
    "redemption.ordered": ["incentives.catalogue.handlers.say_ordered"],
    "redemption.rejected": ["incentives.catalogue.handlers.say_ended"],
    "redemption.refunded": ["incentives.catalogue.handlers.say_ended"],
    "redemption.cancelled": ["incentives.catalogue.handlers.say_ended"],
    "redemption.disputed": ["incentives.catalogue.handlers.say_dispute"],
    "redemption.answered": ["incentives.catalogue.handlers.say_answer"],
    "draw.drawn": ["incentives.draws.handlers.tell_winners"],
}
