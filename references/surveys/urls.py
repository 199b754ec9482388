"""The pages of surveys."""

from django.urls import path

from references.surveys import views

urlpatterns = [
    path("surveys/", views.SurveyList.as_view(), name="surveys"),
    path("surveys/new/", views.NewSurvey.as_view(), name="survey-new"),
    path("surveys/<str:public_id>/", views.survey_page, name="survey"),
    path("surveys/<str:public_id>/edit/", views.EditSurvey.as_view(), name="survey-edit"),
    path("surveys/<str:public_id>/results/", views.survey_results, name="survey-results"),
    path("surveys/<str:public_id>/audience/", views.audience, name="survey-audience"),
    path("surveys/<str:public_id>/waves/add/", views.NewWave.as_view(), name="survey-wave"),
    path("surveys/<str:public_id>/waves/<str:wave_id>/cancel/", views.wave_cancel, name="survey-wave-cancel"),
    path("surveys/<str:public_id>/<slug:verb>/", views.survey_verb, name="survey-verb"),
]
