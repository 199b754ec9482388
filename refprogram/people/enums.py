"""Roles and privileges."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a colleague is in the program; decides navigation, desk and permissions."""

    MARKETER = "marketer", _("Reference manager")
    REP = "rep", _("Sales rep")
    SUPPORT = "support", _("Customer support")
    MANAGER = "manager", _("Sales manager")
    SALES_HEAD = "sales_head", _("Head of sales")
    EXECUTIVE = "executive", _("Executive sponsor")
    FINANCE = "finance", _("Finance")
    LEGAL = "legal", _("Legal")
    JUDGE = "judge", _("Judge")
    ADMIN = "admin", _("Administrator")


class UserState(TextChoices):
    """Where a colleague stands; worked out from the row, not kept."""

    ACTIVE = "active", _("Active")
    INVITED = "invited", _("Invited")
    INACTIVE = "inactive", _("Inactive")


class Privilege(TextChoices):
    """What a restriction can take away for a time."""

    REQUEST_REFERENCES = "request_references", _("ask for references")
    SELF_SERVE = "self_serve", _("use references without review")


class Scope(TextChoices):
    """What an API token may do."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


class LeaveKind(TextChoices):
    """Why somebody is away."""

    HOLIDAY = "holiday", _("holiday")
    PARENTAL = "parental", _("parental leave")
    ILLNESS = "illness", _("illness")
    OTHER = "other", _("other")


class WorkKind(TextChoices):
    """What the CRM tells of; each is a topic of the stream."""

    SIGNED_IN = "work.signed_in", _("signed in to the CRM")
    LOGGED = "work.activity_logged", _("logged an activity")
    ASSET_USED = "work.asset_used", _("used a template, dashboard or other asset")
