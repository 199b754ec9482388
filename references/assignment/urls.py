"""The pages of assignments."""

from django.urls import path

from references.assignment import views

urlpatterns = [
    path("assignments/", views.AssignmentList.as_view(), name="assignments"),
    path("assignments/make/", views.make, name="assignment-make"),
    path("assignments/<str:public_id>/", views.assignment, name="assignment"),
    path("assignments/<str:public_id>/accept/", views.accept_all, name="assignment-accept-all"),
    path("assignments/<str:public_id>/accept/<int:pick>/", views.accept, name="assignment-accept"),
]
