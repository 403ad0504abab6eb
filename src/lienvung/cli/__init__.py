"""Commands: each translates, calls once, and dresses the answer."""

from lienvung.cli.main import main

__all__ = ["main"]
