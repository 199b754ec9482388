"""The pages of judging: `/judging/` for judges, below the contest for who runs it."""

from django.urls import path, re_path

from awards.judging import (
    anchor_views,
    delegate_views,
    order_views,
    panel_views,
    room_views,
    run_views,
    score_views,
    work_views,
)

_MINE = "judging/<str:public_id>/"
_WORK = "judging/work/<str:public_id>/"
_ROUND = "contests/judging/rounds/<str:public_id>/"
_JUDGE = "contests/judging/judges/<str:public_id>/"
_CONTEST = "contests/<slug:slug>/"

urlpatterns = [
    path("judging/", room_views.home, name="judging"),
    path("judging/link/", room_views.send_link, name="judging-link"),
    path("judging/leave/", room_views.leave, name="judging-leave"),
    path(_WORK, score_views.score, name="judging-score"),
    path(f"{_WORK}opened/", score_views.opened, name="judging-opened"),
    path(f"{_WORK}tie/", score_views.recused, name="judging-recused"),
    path(f"{_WORK}cannot/", score_views.declined, name="judging-declined"),
    path(f"{_WORK}attachments/<int:number>/", score_views.attachment, name="judging-attachment"),
    path(_MINE, room_views.room, name="judging-room"),
    path(f"{_MINE}papers/", room_views.papers, name="judging-papers"),
    path(f"{_MINE}me/", room_views.me, name="judging-me"),
    path(f"{_MINE}guide/", room_views.guide, name="judging-guide"),
    path(f"{_MINE}receipt/", room_views.receipt, name="judging-receipt"),
    path(f"{_MINE}compare/", room_views.compare, name="judging-compare"),
    path(f"{_MINE}rank/<slug:slug>/", order_views.rank, name="judging-rank"),
    path(f"{_MINE}pairs/<slug:slug>/", order_views.pairs, name="judging-pairs"),
    path(f"{_MINE}pairs/<slug:slug>/undo/", order_views.undo, name="judging-pairs-undo"),
    path(f"{_MINE}pairs/<slug:slug>/finish/", order_views.finish, name="judging-pairs-finish"),
    path(_ROUND, run_views.round_page, name="round"),
    path(f"{_ROUND}edit/", run_views.EditRound.as_view(), name="round-edit"),
    path(f"{_ROUND}coverage/", run_views.coverage, name="round-coverage"),
    path(f"{_ROUND}give/", run_views.Give.as_view(), name="round-give"),
    path(f"{_ROUND}criteria/new/", run_views.CriterionPage.as_view(), name="criterion-new"),
    path(f"{_ROUND}criteria/<str:criterion_id>/", run_views.CriterionPage.as_view(), name="criterion-edit"),
    path(f"{_ROUND}criteria/<str:criterion_id>/remove/", run_views.criterion_remove, name="criterion-remove"),
    re_path(
        r"^contests/judging/rounds/(?P<public_id>\w+)/(?P<verb>begin|close)/$",
        run_views.round_verb,
        name="round-verb",
    ),
    path(_JUDGE, panel_views.judge_page, name="judge"),
    re_path(
        r"^contests/judging/judges/(?P<public_id>\w+)/(?P<verb>mail|lock|invite|remove|tie)/$",
        panel_views.judge_verb,
        name="judge-verb",
    ),
    re_path(
        r"^contests/judging/work/(?P<public_id>\w+)/(?P<verb>take|reopen|ask-void|void|keep)/$",
        work_views.work_verb,
        name="work-verb",
    ),
    path("contests/judging/work/<str:public_id>/", work_views.work_page, name="work"),
    re_path(
        r"^contests/judging/ties/(?P<public_id>\w+)/(?P<verb>clear|confirm)/$", panel_views.tie_verb, name="tie-verb"
    ),
    path(f"{_CONTEST}judging/", run_views.judging_page, name="contest-judging"),
    path(f"{_CONTEST}judging/first/", run_views.first_round, name="round-first"),
    path(f"{_CONTEST}judging/rounds/new/", run_views.NewRound.as_view(), name="round-new"),
    path(f"{_CONTEST}judging/anchors/new/", anchor_views.NewAnchor.as_view(), name="anchor-new"),
    path(f"{_CONTEST}judging/anchors/<str:public_id>/", anchor_views.anchor, name="anchor"),
    path(f"{_CONTEST}judging/anchors/<str:public_id>/remove/", anchor_views.remove, name="anchor-remove"),
    path(f"{_CONTEST}judging/categories/", delegate_views.categories, name="judging-categories"),
    path(
        f"{_CONTEST}judging/categories/<slug:category>/delegate/",
        delegate_views.NameDelegate.as_view(),
        name="judging-delegate",
    ),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/judging/categories/(?P<category>[-\w]+)/(?P<verb>nobody|open)/$",
        delegate_views.verb,
        name="judging-category-verb",
    ),
    path(f"{_CONTEST}judges/", panel_views.judges_page, name="judges"),
    path(f"{_CONTEST}judges/invite/", panel_views.InviteJudge.as_view(), name="judge-invite"),
    path(f"{_CONTEST}ties/", panel_views.ties_page, name="ties"),
    path(f"{_CONTEST}ties/again/", panel_views.ties_again, name="ties-again"),
]
