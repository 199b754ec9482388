"""The pages of this room."""

from django.urls import path

from refprogram.kernel import jobs_views, links_views, list_views, stream_views

app_name = "kernel"
urlpatterns = [
    path("s/<str:token>/", links_views.open_link, name="link"),
    path("jobs/<str:public_id>/", jobs_views.job, name="job"),
    path("stream/", stream_views.stream, name="stream"),
    path("stream/retry/", stream_views.retry, name="retry"),
    path("views/save/", list_views.SaveView.as_view(), name="save-view"),
    path("views/<str:public_id>/delete/", list_views.DeleteView.as_view(), name="delete-view"),
]
