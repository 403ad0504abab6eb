"""Digital signatures on a file: found, verified without any network, and judged against the trusted certificates."""

from lienvung.validate.signatures.apart import LIMITS, inspect_signatures

__all__ = ["LIMITS", "inspect_signatures"]
