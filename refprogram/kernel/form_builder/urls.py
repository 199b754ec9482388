"""The pages of the form builder."""

from django.urls import path

from refprogram.kernel.form_builder import build_views, views

urlpatterns = [
    path("forms/", views.DesignList.as_view(), name="forms"),
    path("forms/new/", views.NewDesign.as_view(), name="form-new"),
    path("forms/<str:public_id>/", build_views.build, name="form"),
    path("forms/<str:public_id>/versions/", views.versions, name="form-versions"),
    path("forms/<str:public_id>/results/", views.design_results, name="form-results"),
    path("forms/<str:public_id>/answer/", views.answer, name="form-answer"),
]
