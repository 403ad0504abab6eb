"""Who stands at the door, what the route asks of them, and whether the form is ours."""

from __future__ import annotations

from lienvung.gate.forms import FIELD, form_token
from lienvung.gate.rights import Need, needs
from lienvung.gate.visitors import actor_of

__all__ = ["FIELD", "Need", "actor_of", "form_token", "needs"]
