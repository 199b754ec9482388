"""The page of this room."""

from django.urls import path

from refprogram.governance.capacity import views

urlpatterns = [path("capacity/", views.capacity, name="capacity")]
