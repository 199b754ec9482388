"""The pages of campaigns."""

from django.urls import path, re_path

from nominations.campaigns import reader_views, views

_ONE = "campaigns/<str:public_id>/"

urlpatterns = [
    path("campaigns/", views.CampaignList.as_view(), name="campaigns"),
    path("campaigns/new/", views.NewCampaign.as_view(), name="campaign-new"),
    path(_ONE, views.campaign_page, name="campaign"),
    path(f"{_ONE}about/", reader_views.about, name="campaign-about"),
    path(f"{_ONE}edit/", views.EditCampaign.as_view(), name="campaign-edit"),
    path(f"{_ONE}messages/add/", views.NewMessage.as_view(), name="campaign-message-new"),
    path(f"{_ONE}messages/<str:message_id>/", views.EditMessage.as_view(), name="campaign-message"),
    path(f"{_ONE}messages/<str:message_id>/refused/", views.refused, name="campaign-refused"),
    re_path(
        r"^campaigns/(?P<public_id>\w+)/messages/(?P<message_id>\w+)/(?P<verb>remove|done)/$",
        views.message_verb,
        name="campaign-message-verb",
    ),
    path(f"{_ONE}assets/add/", views.NewAsset.as_view(), name="campaign-asset-new"),
    path(f"{_ONE}assets/<int:pk>/remove/", views.asset_remove, name="campaign-asset-remove"),
    path(f"{_ONE}kickoff/add/", views.NewItem.as_view(), name="campaign-item-new"),
    path(f"{_ONE}kickoff/<int:pk>/", views.EditItem.as_view(), name="campaign-item"),
    re_path(
        r"^campaigns/(?P<public_id>\w+)/kickoff/(?P<pk>\d{1,18})/(?P<verb>done|undo|remove)/$",
        views.item_verb,
        name="campaign-item-verb",
    ),
    path(f"{_ONE}money/", views.AskForMoney.as_view(), name="campaign-money"),
    re_path(r"^campaigns/(?P<public_id>\w+)/(?P<verb>start|end|cancel)/$", views.campaign_verb, name="campaign-verb"),
]
