"""The pages of this room."""

from django.urls import path

from refprogram.governance.plotting import views

urlpatterns = [
    path("charter/plot/", views.Plot.as_view(), name="plot"),
    path("charter/requests/", views.PlottedList.as_view(), name="plotted-list"),
    path("charter/no-because/", views.no_because, name="no-because"),
    path("charter/requests/<str:public_id>/", views.plotted, name="plotted"),
    path("charter/requests/<str:public_id>/take/", views.take, name="plotted-take"),
    path("charter/requests/<str:public_id>/redirect/", views.Redirect.as_view(), name="plotted-redirect"),
    path("charter/requests/<str:public_id>/decline/", views.Decline.as_view(), name="plotted-decline"),
    path("charter/requests/<str:public_id>/settle/", views.Settle.as_view(), name="plotted-settle"),
]
