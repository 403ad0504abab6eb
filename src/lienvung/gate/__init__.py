"""Who stands at the door, what the route asks of them, and whether the form is ours."""

from __future__ import annotations

from lienvung.gate.forms import FIELD, finish_visit, form_token, visitor_form_token
from lienvung.gate.headers import PRIVATE, SECURITY_HEADERS, SecurityHeaders
from lienvung.gate.network import Network, network_of
from lienvung.gate.rights import Need, declared_routes, needs
from lienvung.gate.visitors import actor_of, identity_of, is_api, visitor_of

__all__ = [
    "FIELD",
    "PRIVATE",
    "SECURITY_HEADERS",
    "Need",
    "Network",
    "SecurityHeaders",
    "actor_of",
    "declared_routes",
    "finish_visit",
    "form_token",
    "identity_of",
    "is_api",
    "needs",
    "network_of",
    "visitor_form_token",
    "visitor_of",
]
