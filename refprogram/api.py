"""The API root: mounts each room's router, nothing more."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string
from ninja.openapi.docs import Swagger

from refprogram.kernel.api import ProgramAPI, Rate, Router
from refprogram.people.tokens import BearerToken

REQUESTS_A_MINUTE = 1200

api = ProgramAPI(
    title="refprogram",
    version="1",
    description="Customer references: accounts, nominations, requests, points. Errors are RFC 9457 problems.",
    auth=BearerToken(),
    throttle=Rate(REQUESTS_A_MINUTE),
    urls_namespace="api",
    docs=Swagger(settings={"defaultModelsExpandDepth": -1}),
)
for prefix, path in settings.API_ROUTERS:
    api.add_router(prefix, import_string(path))

elsewhere = Router()


@elsewhere.api_operation(["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", include_in_schema=False)
def nothing_here(request: HttpRequest, rest: str) -> None:
    """Answer an address that no room knows, in the same shape as every other error."""
    raise Http404


api.add_router("", elsewhere)
