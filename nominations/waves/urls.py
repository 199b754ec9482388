"""The pages of waves."""

from django.urls import path, re_path

from nominations.waves import views

urlpatterns = [
    path("waves/", views.WaveList.as_view(), name="waves"),
    path("waves/new/", views.NewWave.as_view(), name="wave-new"),
    path("waves/<str:public_id>/", views.wave_page, name="wave"),
    path("waves/<str:public_id>/edit/", views.EditWave.as_view(), name="wave-edit"),
    path("waves/<str:public_id>/cohorts/", views.EditCohorts.as_view(), name="wave-cohorts"),
    path("waves/<str:public_id>/preview/", views.preview, name="wave-preview"),
    path("waves/<str:public_id>/simulation/", views.simulation, name="wave-simulation"),
    path("waves/<str:public_id>/simulate/", views.simulate, name="wave-simulate"),
    re_path(r"^waves/(?P<public_id>\w+)/(?P<verb>start|pause|resume|end)/$", views.wave_verb, name="wave-verb"),
]
