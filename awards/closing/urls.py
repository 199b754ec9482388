"""The pages of this room: below the contest for who runs it, in the judging room, on an account's page."""

from django.urls import path, re_path

from awards.closing.judge_views import own_leaning
from awards.closing.views import after, feedback, thanks

_AFTER = "contests/<slug:slug>/after/"

urlpatterns = [
    path(_AFTER, after.after, name="closing"),
    path(f"{_AFTER}thanks/", thanks.Thanks.as_view(), name="closing-thanks"),
    path(f"{_AFTER}thanks/send/", thanks.send, name="closing-thanks-send"),
    path(f"{_AFTER}feedback/", feedback.comments, name="closing-feedback"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/after/feedback/(?P<verb>pass|open|offer|refrain)/$",
        feedback.feedback_verb,
        name="closing-feedback-verb",
    ),
    re_path(r"^contests/comments/(?P<public_id>\w+)/(?P<verb>pass|hold)/$", feedback.comment_verb, name="comment-verb"),
    re_path(
        r"^contests/after/entries/(?P<public_id>\w+)/(?P<verb>story|results)/$", after.follow_verb, name="follow-verb"
    ),
    path("accounts/<str:public_id>/contests/", after.account_contests, name="account-contests"),
    path("judging/<str:public_id>/leaning/", own_leaning, name="judging-leaning"),
]
