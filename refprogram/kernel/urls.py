"""The pages of this room."""

from django.urls import path

from refprogram.kernel import jobs_views, links_views, list_views, stream_views
from refprogram.kernel.custom_fields import views as custom_fields
from refprogram.kernel.edit_history import views as edit_history
from refprogram.kernel.files import views as files
from refprogram.kernel.form_builder.urls import urlpatterns as forms
from refprogram.kernel.program_settings import views as program_settings

app_name = "kernel"
urlpatterns = [
    path("s/<str:token>/", links_views.open_link, name="link"),
    path("jobs/<str:public_id>/", jobs_views.job, name="job"),
    path("jobs/<str:public_id>/stop/", jobs_views.stop, name="job-stop"),
    path("custom-fields/", custom_fields.custom_fields, name="custom-fields"),
    path("custom-fields/new/", custom_fields.AddField.as_view(), name="custom-field-new"),
    path("custom-fields/<str:public_id>/", custom_fields.EditField.as_view(), name="custom-field"),
    path("custom-fields/<str:public_id>/<str:verb>/", custom_fields.act, name="custom-field-act"),
    path("edits/<slug:noun>/<str:public_id>/", edit_history.edits, name="edits"),
    path("files/upload/", files.upload, name="upload"),
    path("files/<str:public_id>/", files.file, name="file"),
    path("settings/program/", program_settings.program_settings, name="program-settings"),
    path("settings/program/<str:key>/", program_settings.ChangeFigures.as_view(), name="program-settings-room"),
    path(
        "settings/program/<str:key>/<slug:name>/default/",
        program_settings.to_default,
        name="program-settings-default",
    ),
    path("stream/", stream_views.stream, name="stream"),
    path("stream/retry/", stream_views.retry, name="retry"),
    path("views/save/", list_views.SaveView.as_view(), name="save-view"),
    path("views/<str:public_id>/delete/", list_views.DeleteView.as_view(), name="delete-view"),
    *forms,
]
