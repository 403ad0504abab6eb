"""An agency's file on its way: submit, approve, publish, get, trace; and what is refused on the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import Home

TIDY = """# lienvung: tidy/1
# indicator: UNEMP_RATE
# issuer: PROV_74
# boundary: 2004
# published: 2025-01
area,period,value,status
74,2024,{value},estimate
"""
PXWEB = (
    "Average population by province by Cities, provincies and Year\n\nCities, provincies;Total 2015;Total Prel. 2016\n"
    "WHOLE COUNTRY;91709.8;92695.1\nBinh  Duong;1947.2;1995.8\n"
)


def write(home: Home, name: str, text: str | bytes) -> Path:
    path = home.path.parent / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        about, data = book.add_worksheet("Thông tin"), book.add_worksheet("Số liệu")
        for row, (key, value) in enumerate(
            [("lienvung", "tidy/1"), ("indicator", "UNEMP_RATE"), ("issuer", "PROV_75"), ("boundary", "2004"),
             ("published", "2025-01")]
        ):  # fmt: skip
            about.write_row(row, 0, [key, value])
        data.write_row(0, 0, ["area", "period", "value"])
        data.write_row(1, 0, ["75", "2024", 1.83])
    return out.getvalue()


def publish(home: Home, path: Path, *words: str) -> str:
    done = home.run("submit", path, *words, "--format", "json")
    assert done.code == 0, done.out + done.err
    number = str(done.json["submission"])
    assert home.run("approve", number, user="binh").code == 0
    assert home.run("publish", number, user="binh").code == 0
    return number


def test_the_template_from_submit_to_trace(empty: Home) -> None:
    publish(empty, write(empty, "a.csv", TIDY.format(value="2.61")))
    publish(empty, write(empty, "b.xlsx", workbook()))
    rows = empty.rows("UNEMP_RATE")
    assert [(r["area"], r["value"], r["published"], r["published_precision"]) for r in rows] == [
        ("74", 2.61, "2025-01-31", "month"),
        ("75", 1.83, "2025-01-31", "month"),
    ]
    path = empty.run("trace", "UNEMP_RATE", "75", "2024", "--format", "json").json[0]
    assert (path["file_name"], path["sheet"], path["cell"]) == ("b.xlsx", "Số liệu", "C2")


def test_a_px_web_table(empty: Home) -> None:
    publish(empty, write(empty, "pop.csv", PXWEB), "--recipe", "gso-pxweb-population")
    rows = empty.rows("POP_AVG", "--areas", "Bình Dương")
    assert [(r["period"], r["value"], r["status"]) for r in rows] == [
        ("2015", 1947.2, "official"),
        ("2016", 1995.8, "preliminary"),
    ]


def test_a_dry_run_keeps_nothing(empty: Home) -> None:
    done = empty.run("submit", write(empty, "a.csv", TIDY.format(value="2.61")), "--dry-run", "--format", "json")
    assert done.code == 0 and done.json["rows"] == 1 and done.json["understood"]
    assert "S1" not in empty.run("submit", "--list").out
    assert not list((empty.path / "files").glob("*"))


def test_text_in_a_number_cell_stops_the_file_and_names_the_cell(empty: Home) -> None:
    done = empty.run("submit", write(empty, "a.csv", TIDY.format(value="hai")), "--format", "json")
    assert done.code == 9
    assert [(f["rule"], f["severity"], f["cell"]) for f in done.json["findings"] if f["severity"] == "error"] == [
        ("VALUE-TEXT", "error", "C7")
    ]
    assert "hai" in done.json["findings"][0]["message"] and done.json["findings"][0]["suggestion"]
    number = done.json["submission"]
    assert empty.run("approve", number).code == 6
    assert empty.run("publish", number).code == 6
    assert empty.run("get", "UNEMP_RATE").code == 8
    again = empty.run("submit", empty.path.parent / "a.csv", "--format", "json")
    assert again.code == 9, "a file with errors may come again"


def test_the_same_file_twice_is_said(empty: Home) -> None:
    path = write(empty, "a.csv", TIDY.format(value="2.61"))
    assert empty.run("submit", path).code == 0
    again = empty.run("submit", path)
    assert again.code == 6 and "S1" in again.err


def test_order_of_steps(empty: Home) -> None:
    assert empty.run("submit", write(empty, "a.csv", TIDY.format(value="2.61"))).code == 0
    early = empty.run("publish", "S1")
    assert early.code == 6 and "lienvung approve S1" in early.err
    assert empty.run("approve", "S9", user="binh").code == 6
    own = empty.run("approve", "S1")
    assert own.code == 10 and "'an'" in own.err
    assert empty.run("approve", "S1", user="binh").code == 0
    assert empty.run("approve", "S1", user="binh").code == 6


def test_claims_changed_after_the_check_are_not_published(empty: Home) -> None:
    assert empty.run("submit", write(empty, "a.csv", TIDY.format(value="2.61"))).code == 0
    assert empty.run("approve", "S1", user="binh").code == 0
    (claims,) = (empty.path / "submissions").glob("S1.*")
    claims.write_bytes(claims.read_bytes()[:-1] + b"x")
    assert empty.run("publish", "S1").code != 0
    assert empty.run("get", "UNEMP_RATE").code == 8


def test_a_revision_keeps_both_clocks(empty: Home) -> None:
    publish(empty, write(empty, "a.csv", TIDY.format(value="2.61")))
    publish(empty, write(empty, "b.csv", TIDY.format(value="2.7").replace("2025-01", "2026-01")))
    assert [r["value"] for r in empty.rows("UNEMP_RATE")] == [2.7]
    assert [r["value"] for r in empty.rows("UNEMP_RATE", "--published", "2025-12-31")] == [2.61]


@pytest.mark.parametrize(("words", "code"), [
    (("submit", "missing.csv"), 3),
    (("submit",), 2),
    (("submit", "--show", "S77"), 6),
    (("trace", "POP_AVG", "74", "2016"), 8),
    (("nonsense",), 2),
])  # fmt: skip
def test_what_cannot_be_done_ends_with_its_code(empty: Home, words: tuple[str, ...], code: int) -> None:
    done = empty.run(*words)
    assert done.code == code, done.err
    assert "Traceback" not in done.err


def test_without_a_store_it_says_what_to_run(tmp_path: Path) -> None:
    done = Home(tmp_path / "none").run("get", "POP_AVG")
    assert done.code == 7 and "lienvung init" in done.err


def test_the_filled_template_comes_back(empty: Home) -> None:
    form = empty.path.parent / "form.csv"
    assert (
        empty.run("pack", "template", "UNEMP_RATE", "--areas", "74@2004", "--periods", "2023", "--out", form).code == 0
    )
    filled = form.read_text("utf-8-sig").splitlines()
    heading = next(i for i, line in enumerate(filled) if "Giá trị" in line)
    names = filled[heading].split(",")
    cells = filled[heading + 1].split(",")
    cells[names.index("Giá trị")] = "2.5"
    filled[1], filled[2] = "# issuer: PROV_74", "# published: 2024-01"
    form.write_text("\n".join([*filled[: heading + 1], ",".join(cells)]) + "\n", "utf-8")
    publish(empty, form)
    assert [r["value"] for r in empty.rows("UNEMP_RATE")] == [2.5]


def test_the_real_workbooks_of_the_investment_agency(empty: Home, real: Callable[[str], Path]) -> None:
    publish(empty, real("fia-fdi-2015-2024/FDI.2020.xlsx"))
    row = empty.rows("FDI_CAP_CUM", "--areas", "74", "--from", "2020", "--to", "2020")[0]
    assert round(row["value"] / 1000, 2) == 35.50
    traced = empty.run("trace", "FDI_CAP_CUM", "74", "2020", "--format", "json").json[0]
    assert (traced["sheet"], traced["cell"]) == ("Luy ke T12 2020", "D185")


def test_the_real_sdmx_message(empty: Home, real: Callable[[str], Path]) -> None:
    done = empty.run("submit", real("nsdp-sdmx-2024q3/POPVNM.xml"), "--format", "json")
    assert done.code == 0, done.out
    assert done.json["rows"] > 0
