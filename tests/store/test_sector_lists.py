"""The lists on sectors: what they name exists in the pack, and a pack without them has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from lienvung.errors import PackInvalid
from lienvung.store.packs import load_catalogue, load_plans
from lienvung.store.packs.sectors import FLAGS, PRODUCTS, SECTOR_FILES, load_sectors
from tests.conftest import PACK


def test_everything_that_is_named_exists_and_every_flag_has_its_document() -> None:
    lists, catalogue, plans = load_sectors(PACK), load_catalogue(PACK), load_plans(PACK)
    keys = {s.key for s in lists.sectors}
    for sector in lists.sectors:
        assert sector.indicator in catalogue.indicators and sector.base in catalogue.indicators, sector.key
        assert sector.breakdown in catalogue.breakdowns and (not sector.part_of or sector.part_of in keys)
    for flag in lists.flags:
        assert flag.source in plans.plans or flag.source in catalogue.sources, flag.key
        assert flag.activity in catalogue.activities and flag.excluding in catalogue.breakdowns
    for facility in lists.facilities:
        assert all(i in catalogue.indicators for i in (*facility.indicators, facility.use_indicator) if i)


def test_a_pack_without_the_lists_has_none_and_a_flag_without_a_source_is_refused(tmp_path: Path) -> None:
    assert load_sectors(tmp_path).sectors == ()
    (tmp_path / "sectors").mkdir()
    (tmp_path / PRODUCTS).write_text(",".join(SECTOR_FILES[PRODUCTS]) + "\n", "utf-8")
    (tmp_path / FLAGS).write_text(",".join(SECTOR_FILES[FLAGS]) + "\nx,X,X,OILGAS,,,vì,why,\n", "utf-8")
    with pytest.raises(PackInvalid):
        load_sectors(tmp_path)
