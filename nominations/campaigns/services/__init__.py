"""What can be done with campaigns, and what time does to them."""

from nominations.campaigns.services.kickoff import add_item, assign_item, remove_item, settle_item
from nominations.campaigns.services.life import cancel_campaign, end_campaign, end_those_over, start_campaign
from nominations.campaigns.services.planning import (
    add_asset,
    add_message,
    ask_for_money,
    change_campaign,
    change_message,
    plan_campaign,
    remove_asset,
    remove_message,
)
from nominations.campaigns.services.sending import follow, mark_done, send_due

__all__ = [
    "add_asset",
    "add_item",
    "add_message",
    "ask_for_money",
    "assign_item",
    "cancel_campaign",
    "change_campaign",
    "change_message",
    "end_campaign",
    "end_those_over",
    "follow",
    "mark_done",
    "plan_campaign",
    "remove_asset",
    "remove_item",
    "remove_message",
    "send_due",
    "settle_item",
    "start_campaign",
]
