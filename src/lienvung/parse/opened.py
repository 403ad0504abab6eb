"""A workbook is opened once, however many readers look at it before one reads it."""

from __future__ import annotations

from functools import lru_cache

from lienvung.parse.workbook import read_workbook

read_once = lru_cache(maxsize=1)(read_workbook)
"""``read_workbook``, the last answer kept until ``read_once.cache_clear()``; nobody may change the sheets."""
