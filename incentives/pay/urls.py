"""The pages of pay."""

from django.urls import path

from incentives.pay import earning_views as earnings
from incentives.pay import escalator_views as escalators
from incentives.pay import month_views as months
from incentives.pay import spiff_views as spiffs

urlpatterns = [
    path("rewards/earnings/", earnings.my_earnings, name="earnings"),
    path("rewards/earnings/ask/", earnings.Ask.as_view(), name="ask-about-pay"),
    path("pay/", months.PeriodList.as_view(), name="pay"),
    path("pay/questions/", months.DisputeList.as_view(), name="pay-disputes"),
    path("pay/questions/<str:public_id>/", months.dispute, name="pay-dispute"),
    path("pay/questions/<str:public_id>/answer/", months.Answer.as_view(), name="answer-dispute"),
    path("pay/questions/<str:public_id>/withdraw/", months.withdraw, name="withdraw-dispute"),
    path("pay/<str:public_id>/", months.period, name="pay-period"),
    path("pay/<str:public_id>/close/", months.close_period, name="close-pay"),
    path("pay/<str:public_id>/agree/", months.agree_period, name="agree-pay"),
    path("pay/<str:public_id>/reopen/", months.reopen_period, name="reopen-pay"),
    path("pay/<str:public_id>/export/", months.export_period, name="export-pay"),
    path("pay/<str:public_id>/file/<slug:kind>/", months.period_file, name="pay-file"),
    path("escalators/", escalators.escalator_list, name="escalators"),
    path("escalators/new/", escalators.NewEscalator.as_view(), name="new-escalator"),
    path("escalators/<str:public_id>/", escalators.escalator, name="escalator"),
    path("escalators/<str:public_id>/change/", escalators.ChangeEscalator.as_view(), name="change-escalator"),
    path("escalators/<str:public_id>/start/", escalators.start_escalator, name="start-escalator"),
    path("escalators/<str:public_id>/stop/", escalators.stop_escalator, name="stop-escalator"),
    path("spiffs/", spiffs.SpiffList.as_view(), name="spiffs"),
    path("spiffs/new/", spiffs.NewSpiff.as_view(), name="new-spiff"),
    path("spiffs/<str:public_id>/", spiffs.spiff, name="spiff"),
    path("spiffs/<str:public_id>/change/", spiffs.ChangeSpiff.as_view(), name="change-spiff"),
    path("spiffs/<str:public_id>/start/", spiffs.start_spiff, name="start-spiff"),
    path("spiffs/<str:public_id>/cancel/", spiffs.cancel_spiff, name="cancel-spiff"),
    path("spiffs/<str:public_id>/hand-in/", spiffs.HandIn.as_view(), name="hand-in-dashboard"),
    path("spiffs/<str:public_id>/prove/", spiffs.Prove.as_view(), name="prove-place"),
    path("spiffs/<str:public_id>/vote/<str:entry>/", spiffs.vote, name="vote-dashboard"),
    path("spiffs/<str:public_id>/judge/<str:entry>/", spiffs.judge, name="judge-proof"),
]
