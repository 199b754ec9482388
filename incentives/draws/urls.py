"""The pages of this room."""

from django.urls import URLPattern, URLResolver, path

from incentives.draws import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("draws/", views.draws, name="draws"),
    path("draws/new/", views.NewDraw.as_view(), name="new-draw"),
    path("draws/<str:public_id>/", views.draw, name="draw"),
    path("draws/<str:public_id>/list/", views.draw_list, name="draw-list"),
    path("draws/<str:public_id>/do/<slug:verb>/", views.draw_verb, name="draw-verb"),
]
