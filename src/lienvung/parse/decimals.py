"""Which decimal sign does a table use, and what numbers do its texts say?

``1.234`` is 1,234 in one country and 1 234 in the next, so the sign is decided for a whole table from the
texts that allow one reading only; what stays undecidable is said, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.observations import MARKS

_POINT = r"^[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)(\.\d+)?([eE][+-]?\d{1,3})?$"
_SPACED = r"^[+-]?[1-9]\d{0,2}([ \x{00A0}\x{202F}]\d{3})+([.,]\d+)?$"
_SPACES = r"[ \x{00A0}\x{202F}]"
_COMMA = r"^[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?$"


@dataclass(frozen=True)
class Numbers:
    """Texts read as numbers, row by row.

    Attributes:
        value: null where the text is no number; 0 for the mark ``nil``.
        mark: null for numbers and for texts that are neither number nor mark.
        decimals: printed digits after the sign.
        sign: the decimal sign that was decided on.
        doubt: empty, ``only_groups`` (read by the rule, but could be thousands), ``mixed`` or ``undecidable``.
        doubtful: the rows that the doubt is about.
    """

    value: pa.Array
    mark: pa.Array
    decimals: pa.Array
    sign: str
    doubt: str
    doubtful: np.ndarray


def read_numbers(texts: pa.Array, declared: str = "") -> Numbers:
    """Read a column of printed numbers.

    Args:
        texts: strings; null and blank mean not applicable.
        declared: ``.`` or ``,`` where the file itself says which it uses.
    """
    bare = pc.replace_substring(pc.fill_null(pc.utf8_trim_whitespace(texts), ""), "−", "-")
    # thousands set apart by a space can be read in one way only
    is_spaced = pc.match_substring_regex(bare, _SPACED)
    bare = pc.if_else(is_spaced, pc.replace_substring_regex(bare, _SPACES, ""), bare)
    marks = list(MARKS)
    place = pc.index_in(bare, pa.array(marks))
    mark = pc.if_else(pc.equal(bare, ""), "not_applicable", pa.array([MARKS[m] for m in marks]).take(place))
    sign, doubt, doubtful = _decide(bare, declared)
    value, decimals = _convert(bare, sign)
    if doubt == "undecidable":
        value = pc.if_else(pa.array(doubtful), pa.scalar(None, pa.float64()), value)
    value = pc.if_else(pc.fill_null(pc.equal(mark, "nil"), False), 0.0, value)
    return Numbers(value, mark, decimals, sign, doubt, np.flatnonzero(doubtful))


def _decide(bare: pa.Array, declared: str) -> tuple[str, str, np.ndarray]:
    """The sign, the kind of doubt, and a mask of the doubtful rows."""
    none = np.zeros(len(bare), dtype=bool)
    if declared:
        return declared, "", none
    is_signed = _mask(pc.match_substring_regex(bare, r"\d[.,]\d"))
    by_point = _mask(pc.match_substring_regex(bare, _POINT)) & is_signed
    by_comma = _mask(pc.match_substring_regex(bare, _COMMA)) & is_signed
    only_point, only_comma, either = by_point & ~by_comma, by_comma & ~by_point, by_point & by_comma
    if only_point.any() and only_comma.any():
        return ".", "mixed", only_comma if only_comma.sum() <= only_point.sum() else only_point
    if only_comma.any():
        return ",", "", none
    if only_point.any() or not either.any():
        return ".", "", none
    with_comma = either & _mask(pc.match_substring(bare, ","))
    if with_comma.any():
        return ".", "undecidable", either
    return ".", "only_groups", either


def _convert(bare: pa.Array, sign: str) -> tuple[pa.Array, pa.Array]:
    is_number = pc.match_substring_regex(bare, _POINT if sign == "." else _COMMA)
    plain = pc.if_else(is_number, bare, pa.scalar(None, pa.string()))
    plain = pc.replace_substring(plain, "," if sign == "." else ".", "")
    plain = pc.replace_substring(plain, ",", ".")
    # Arrow's own parser knows no leading plus
    plain = pc.utf8_ltrim(plain, characters="+")
    place = pc.find_substring(plain, ".")
    digits = pc.subtract(pc.subtract(pc.utf8_length(plain), place), 1)
    decimals = pc.if_else(pc.less(place, 0), 0, digits)
    decimals = pc.if_else(pc.match_substring_regex(plain, "[eE]"), pa.scalar(None, pa.int32()), decimals)
    return plain.cast(pa.float64()), decimals.cast(pa.int32())


def _mask(array: pa.Array) -> np.ndarray:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=bool)
