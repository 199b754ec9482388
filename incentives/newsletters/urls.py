"""The pages of this room."""

from django.urls import URLPattern, URLResolver, path

from incentives.newsletters import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("newsletters/", views.NewsletterList.as_view(), name="newsletters"),
    path("newsletters/new/", views.NewIssue.as_view(), name="new-newsletter"),
    path("newsletters/<str:public_id>/", views.newsletter, name="newsletter"),
    path("newsletters/<str:public_id>/edit/", views.EditIssue.as_view(), name="edit-newsletter"),
    path("newsletters/<str:public_id>/send/", views.send_issue, name="send-newsletter"),
    path("newsletters/<str:public_id>/drop/", views.drop_issue, name="drop-newsletter"),
]
