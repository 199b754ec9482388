"""The pages of this room."""

from django.urls import path

from refprogram.governance.facetime import talk_views, views

TALK = "face-time/talks/<str:public_id>/"
urlpatterns = [
    path("face-time/", views.SlotList.as_view(), name="face-time"),
    path("face-time/new/", views.Publish.as_view(), name="face-time-new"),
    path("face-time/terms/", views.SetTerms.as_view(), name="face-time-terms"),
    path("face-time/hours/", views.quarter_hours, name="face-time-hours"),
    path("face-time/whom/", talk_views.Whom.as_view(), name="face-time-whom"),
    path("face-time/book/", talk_views.Book.as_view(), name="face-time-book"),
    path("face-time/talks/", talk_views.TalkList.as_view(), name="face-time-talks"),
    path(TALK, talk_views.talk, name="face-time-talk"),
    path(f"{TALK}agree/", talk_views.agree, name="face-time-agree"),
    path(f"{TALK}decline/", talk_views.decline, name="face-time-decline"),
    path(f"{TALK}cancel/", talk_views.cancel, name="face-time-cancel"),
    path(f"{TALK}move/", talk_views.MoveTalk.as_view(), name="face-time-move"),
    path(f"{TALK}held/", talk_views.held, name="face-time-held"),
    path(f"{TALK}no-show/", talk_views.no_show, name="face-time-no-show"),
    path(f"{TALK}outcome/", talk_views.NoteOutcome.as_view(), name="face-time-outcome"),
    path("face-time/feedback/<str:public_id>/decide/", talk_views.Decide.as_view(), name="face-time-decide"),
    path("face-time/feedback/<str:public_id>/answer/", talk_views.Answer.as_view(), name="face-time-answer"),
    path("face-time/<str:public_id>/", views.slot, name="face-time-slot"),
    path("face-time/<str:public_id>/move/", views.MoveSlot.as_view(), name="face-time-slot-move"),
    path("face-time/<str:public_id>/withdraw/", views.withdraw, name="face-time-slot-withdraw"),
]
