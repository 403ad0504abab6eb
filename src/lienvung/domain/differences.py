"""What a submission would change in what is published, figure by figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NEW, CHANGED, UNCHANGED, OLDER, CONFLICT = "new", "changed", "unchanged", "older", "conflict"
KINDS = (NEW, CHANGED, UNCHANGED, OLDER, CONFLICT)
"""``older``: a vintage from before the one that stands, which stays; ``conflict``: another issuer says otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """One figure as it stands and as it would stand. In a conflict ``old`` is what ``other_issuer`` says."""

    kind: str
    indicator: str
    area_key: str
    activity: str
    breakdown: str
    issuer: str
    freq: str
    period: str
    unit: str
    old: float | None
    new: float | None
    old_mark: str | None
    new_mark: str | None
    old_status: str | None
    new_status: str | None
    old_document: str | None
    new_document: str | None
    old_published: date | None
    new_published: date | None
    sheet: str | None
    cell: str | None
    other_issuer: str = ""

    @property
    def absolute(self) -> float | None:
        """The new value less the old one, in the figure's unit."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def relative(self) -> float | None:
        """The change in per cent of the old value; None where that is missing or 0."""
        return None if self.absolute is None or not self.old else 100 * self.absolute / abs(self.old)


@dataclass(frozen=True)
class Difference:
    """What a submission would change: how many figures of each kind, the largest changes, and samples.

    Attributes:
        restated: of those unchanged, how many have another status (preliminary → official).
        rows: new and changed figures, the largest relative changes first; conflicts: the same of those in conflict.
        is_cut: there are more than ``rows`` and ``conflicts`` show.
    """

    submission: str
    snapshot: str
    new: int
    changed: int
    unchanged: int
    older: int
    conflicting: int
    restated: int
    largest: Change | None
    largest_absolute: Change | None
    rows: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    is_cut: bool

    def sentence(self, lang: str) -> str:
        """The whole in a sentence, in ``vi`` or ``en``.

        >>> Difference("S1", "0", 3, 0, 0, 0, 0, 0, None, None, (), (), False).sentence("en")
        'This changes 0 published figures; 3 new.'
        """
        size = self.largest.relative if self.largest else None
        said = "" if size is None else f"{size:+.1f}".replace("-", "−")
        if lang == "vi":
            head = f"Hồ sơ thay đổi {self.changed} số đã công bố"
            head += f", lớn nhất {said.replace('.', ',')} %" if said else ""
            names = ("số mới", "không đổi", "bản cũ hơn", "khác số của nơi khác")
        else:
            head = f"This changes {self.changed} published figure{'' if self.changed == 1 else 's'}"
            head += f", largest {said} %" if said else ""
            names = ("new", "unchanged", "older vintages", "against another issuer's")
        counts = (self.new, self.unchanged, self.older, self.conflicting)
        rest = ", ".join(f"{count} {name}" for count, name in zip(counts, names, strict=True) if count)
        return f"{head}; {rest}." if rest else f"{head}."
