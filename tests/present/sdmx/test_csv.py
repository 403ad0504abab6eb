"""SDMX-CSV: the plain csv reader and pysdmx read the rows back; options add what the field guide says."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pytest

from lienvung.present.sdmx import csv as sdmx_csv
from lienvung.present.sdmx.csv import CsvForm, write_csv
from lienvung.present.sdmx.model import BY_ID, COMPONENTS
from tests.present.small_world import observations, row, small_catalogue


def text(form: CsvForm | None = None, table: pa.Table | None = None) -> str:
    return b"".join(write_csv(observations() if table is None else table, small_catalogue(), form)).decode()


def rows(form: CsvForm | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(form), newline="")))


def test_the_columns_are_those_of_the_field_guide() -> None:
    header = text().split("\r\n")[0].split(",")
    assert header == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(c.id for c in COMPONENTS)]


def test_reading_back_gives_the_published_rows() -> None:
    for got, published in zip(rows(), observations().to_pylist(), strict=True):
        assert (got["STRUCTURE"], got["STRUCTURE_ID"], got["ACTION"]) == (
            "dataflow",
            "LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)",
            "I",
        )
        for name in ("FREQ", "INDICATOR", "REF_AREA", "ACTIVITY", "ISSUER", "TIME_PERIOD", "NOTE", "MARK"):
            assert got[name] == (published[BY_ID[name].column] or "")
        assert (float(got["OBS_VALUE"]) if got["OBS_VALUE"] else None) == published["value"]


def test_missing_is_an_empty_value_with_status_m() -> None:
    missing = [r for r in rows() if r["OBS_VALUE"] == ""]
    assert [(r["OBS_STATUS"], r["MARK"]) for r in missing] == [("M", "not_available")]


def test_quotes_commas_and_line_breaks_survive() -> None:
    note = 'dòng 1,\r\n"dòng 2"'
    table = pa.Table.from_pylist([row("GRDP_CUR", "74@2004", "2020", 1.0, note=note)], observations().schema)
    read = list(csv.DictReader(io.StringIO(text(table=table), newline="")))
    assert read[0]["NOTE"] == note


@pytest.mark.filterwarnings("ignore")
def test_pysdmx_reads_the_same_rows() -> None:
    from pysdmx.io.csv.sdmx20.reader import read

    dataset = read(text())[0]
    assert dataset.short_urn == "Dataflow=LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)"
    frame = dataset.data
    assert frame["REF_AREA"].tolist() == [r["area_key"] for r in observations().to_pylist()]
    assert [None if v != v or v in ("", None) else float(v) for v in frame["OBS_VALUE"]] == [
        r["value"] for r in observations().to_pylist()
    ]


def test_labels_both_puts_the_name_behind_the_code() -> None:
    first = rows(CsvForm(labels="both", lang="vi"))[0]
    assert first["REF_AREA: Địa bàn"] == "74@2004: Bình Dương"
    assert first["TIME_PERIOD: Thời kỳ"] == "2019"
    assert first["STRUCTURE_ID"] == "LIENVUNG:NATIONAL_ACCOUNTS(1.0.0): Tài khoản quốc gia"


def test_labels_name_adds_a_column_for_each_name() -> None:
    first = rows(CsvForm(labels="name", lang="en"))[0]
    assert (first["REF_AREA"], first["Reference area"]) == ("74@2004", "Binh Duong")
    assert (first["STRUCTURE_NAME"], first["Unit of measure"]) == ("National accounts", "Billion VND")


def test_keys_and_normalized_time() -> None:
    first = rows(CsvForm(keys="both", time_format="normalized"))[0]
    assert first["SERIES_KEY"] == "A.GRDP_CUR.74@2004._T._T.GSO"
    assert first["OBS_KEY"] == "A.GRDP_CUR.74@2004._T._T.GSO.2019"
    assert first["TIME_PERIOD"] == "2019-01-01"


def test_every_row_has_as_many_fields_as_the_header() -> None:
    for labels in ("id", "name", "both"):
        for keys in ("none", "obs", "series", "both"):
            for attributes in ((), (BY_ID["NOTE"],)):
                form = CsvForm(labels=labels, keys=keys, attributes=attributes, has_measure=bool(attributes))
                widths = {len(r) for r in csv.reader(io.StringIO(text(form), newline=""))}
                assert len(widths) == 1, (labels, keys)


def test_batches_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text()
    monkeypatch.setattr(sdmx_csv, "BATCH", 2)
    assert text() == whole


def test_no_rows_is_a_header_alone() -> None:
    assert text(table=observations().slice(0, 0)).count("\r\n") == 1
