"""The pages of this room."""

from django.urls import URLPattern, URLResolver, path

from incentives.catalogue import running_views, views

ROW = "rewards/redemptions/<str:public_id>/"
ITEM = "rewards/catalogue/<str:public_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("rewards/catalogue/", views.catalogue, name="catalogue"),
    path("rewards/items/", running_views.ItemList.as_view(), name="items"),
    path("rewards/items/new/", running_views.NewItem.as_view(), name="new-item"),
    path(ITEM, views.TakeItem.as_view(), name="item"),
    path(f"{ITEM}change/", running_views.ChangeItem.as_view(), name="change-item"),
    path(f"{ITEM}do/<slug:verb>/", running_views.item_verb, name="item-verb"),
    path("rewards/queue/", running_views.Queue.as_view(), name="reward-queue"),
    path("rewards/liability/", running_views.liability_report, name="liability"),
    path("rewards/redemptions/", views.my_redemptions, name="redemptions"),
    path(ROW, views.redemption, name="redemption"),
    path(f"{ROW}deliver/", views.Deliver.as_view(), name="redemption-deliver"),
    path(f"{ROW}object/", views.Object.as_view(), name="redemption-object"),
    path(f"{ROW}answer/", views.AnswerObjection.as_view(), name="redemption-answer"),
    path(f"{ROW}do/<slug:verb>/", views.redemption_verb, name="redemption-verb"),
    path("accounts/<str:public_id>/rewards/", running_views.account_rewards, name="account-rewards"),
    path("contacts/<str:public_id>/rewards/", running_views.contact_rewards, name="contact-rewards"),
    path("contacts/<str:public_id>/points/", running_views.Thank.as_view(), name="thank-contact"),
]
