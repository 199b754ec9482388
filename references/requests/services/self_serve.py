"""What may be had without a program person in between."""

from references.requests.models import ReferenceRequest


def serves_itself(request: ReferenceRequest) -> bool:
    """Whether nobody of the program has to look first: the kind allows it, and nothing keeps its requester from it."""
    return request.activity.self_serve and request.requester.has_perm("references.serve_oneself")
