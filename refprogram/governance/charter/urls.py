"""The pages of this room."""

from django.urls import path

from refprogram.governance.charter import part_views, version_views, views

urlpatterns = [
    path("charter/", views.charter, name="charter"),
    path("charter/acknowledge/", views.Acknowledge.as_view(), name="charter-acknowledge"),
    path("charter/links/", views.link_list, name="charter-links"),
    path("charter/links/new/", views.MakeLink.as_view(), name="charter-link-new"),
    path("charter/links/<str:public_id>/withdraw/", views.withdraw_link, name="charter-link-withdraw"),
    path("charter/versions/", version_views.versions, name="charter-versions"),
    path("charter/versions/new/", version_views.begin, name="charter-begin"),
    path("charter/versions/<str:public_id>/", version_views.version, name="charter-version"),
    path("charter/versions/<str:public_id>/words/", version_views.WriteWords.as_view(), name="charter-words"),
    path("charter/versions/<str:public_id>/consult/", version_views.Consult.as_view(), name="charter-consult"),
    path("charter/versions/<str:public_id>/comment/", version_views.Comment.as_view(), name="charter-comment"),
    path("charter/versions/<str:public_id>/approval/", version_views.ask_approval, name="charter-ask"),
    path("charter/versions/<str:public_id>/draft/", version_views.return_to_draft, name="charter-return"),
    path("charter/versions/<str:public_id>/publish/", version_views.publish, name="charter-publish"),
    path("charter/versions/<str:public_id>/add/<str:kind>/", part_views.AddPart.as_view(), name="charter-part-new"),
    path("charter/parts/<str:kind>/<str:public_id>/", part_views.ChangePart.as_view(), name="charter-part"),
    path("charter/parts/<str:kind>/<str:public_id>/remove/", part_views.remove, name="charter-part-remove"),
    path("charter/parts/<str:kind>/<str:public_id>/done/", part_views.done, name="charter-part-done"),
]
