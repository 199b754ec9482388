"""The pages of trials. Before those of rules: "simulations" is no rule's id."""

from django.urls import path

from incentives.simulation import views

urlpatterns = [
    path("rules/simulations/", views.SimulationList.as_view(), name="simulations"),
    path("rules/simulations/<str:public_id>/", views.simulation, name="simulation"),
    path("rules/<str:public_id>/simulate/", views.NewSimulation.as_view(), name="simulate-rule"),
    path("escalators/<str:public_id>/simulate/", views.NewEscalatorSimulation.as_view(), name="simulate-escalator"),
]
