"""From a pack's lists on sectors to the nouns."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import FacilityType, FlaggedSector, Sector, SectorLists
from lienvung.errors import Both
from lienvung.store.packs.lines import Line, read_lines

PRODUCTS, FLAGS, FACILITIES = "sectors/products.csv", "sectors/flags.csv", "sectors/facilities.csv"
SECTOR_FILES = {
    PRODUCTS: (
        "sector", "indicator", "breakdown", "name_vi", "name_en", "base", "part_of", "kind", "note_vi", "note_en",
    ),
    FLAGS: ("flag", "name_vi", "name_en", "activity", "excluding", "wider", "reason_vi", "reason_en", "source"),
    FACILITIES: ("facility", "name_vi", "name_en", "words", "indicators", "use_indicator"),
}  # fmt: skip
"""The lists on sectors and their columns; a pack need not have any."""


def load_sectors(folder: Path) -> SectorLists:
    """The sectors, flagged sectors and facility types of the pack in ``folder``; empty lists where it has none.

    Raises:
        PackInvalid: at the first line that is broken.
    """
    return SectorLists(
        tuple(_sector(line) for line in _lines(folder, PRODUCTS)),
        tuple(_flag(line) for line in _lines(folder, FLAGS)),
        tuple(_facility(line) for line in _lines(folder, FACILITIES)),
    )


def _lines(folder: Path, file: str) -> tuple[Line, ...]:
    return read_lines(folder, file, SECTOR_FILES[file]) if (folder / file).exists() else ()


def _sector(line: Line) -> Sector:
    return Sector(
        line.needed("sector"), line.needed("indicator"), line.text("breakdown") or TOTAL, base=line.needed("base"),
        part_of=line.text("part_of"), kind=line.text("kind"), name=Both(line.text("name_vi"), line.text("name_en")),
        note=Both(line.text("note_vi"), line.text("note_en")),
    )  # fmt: skip


def _flag(line: Line) -> FlaggedSector:
    return FlaggedSector(
        line.needed("flag"), Both(line.needed("name_vi"), line.needed("name_en")), line.needed("activity"),
        line.text("excluding"), line.text("wider"), Both(line.needed("reason_vi"), line.needed("reason_en")),
        line.needed("source"),
    )  # fmt: skip


def _facility(line: Line) -> FacilityType:
    listed = [tuple(w for w in line.text(c).split("|") if w) for c in ("words", "indicators")]
    name = Both(line.needed("name_vi"), line.needed("name_en"))
    return FacilityType(line.needed("facility"), name, listed[0], listed[1], line.text("use_indicator"))
