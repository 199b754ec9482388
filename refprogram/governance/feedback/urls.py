"""The pages of this room."""

from django.urls import path

from refprogram.governance.feedback import views

urlpatterns = [
    path("feedback/", views.FeedbackList.as_view(), name="feedback"),
    path("feedback/new/", views.Say.as_view(), name="feedback-new"),
    path("feedback/<str:public_id>/", views.field_note, name="field-note"),
    path("feedback/<str:public_id>/reply/", views.Reply.as_view(), name="feedback-reply"),
    path("feedback/<str:public_id>/settle/", views.settle, name="feedback-settle"),
]
