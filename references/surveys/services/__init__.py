"""What can be done with surveys: prepare, send in waves, answer."""

from references.surveys.services.answering import answer_survey, decline_survey, open_survey_answer
from references.surveys.services.building import (
    add_wave,
    cancel_wave,
    close_survey,
    create_survey,
    edit_survey,
    pause_survey,
    resume_survey,
    start_survey,
)
from references.surveys.services.sending import expire_due, remind_due, send_due

__all__ = [
    "add_wave",
    "answer_survey",
    "cancel_wave",
    "close_survey",
    "create_survey",
    "decline_survey",
    "edit_survey",
    "expire_due",
    "open_survey_answer",
    "pause_survey",
    "remind_due",
    "resume_survey",
    "send_due",
    "start_survey",
]
