"""A table as a workbook: true numbers, and a second sheet that says what they are and where they come from."""

from __future__ import annotations

import io

from xlsxwriter import Workbook

from lienvung.present.sheets import Sheet


def render_xlsx(sheet: Sheet) -> bytes:
    """The workbook. No text of ours or of an issuer can become a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(out, options) as book:
        book.set_properties({"title": sheet.title})
        _write_figures(book, sheet)
        _write_facts(book, sheet)
    return out.getvalue()


def _write_figures(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.titles[0])
    bold = book.add_format({"bold": True, "bottom": 1})
    number = book.add_format({"num_format": "#,##0" + ("." + "0" * sheet.decimals if sheet.decimals else "")})
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, bold)
        page.set_column(column, column, 14)
    for index, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                page.write_number(index, column, value, number if isinstance(value, float) else None)
            elif value is not None:
                page.write_string(index, column, str(value))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)


def _write_facts(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.titles[1])
    page.set_column(0, 0, 26, book.add_format({"bold": True}))
    page.set_column(1, 1, 110, book.add_format({"text_wrap": True}))
    for index, (term, text) in enumerate(sheet.facts):
        page.write_string(index, 0, term)
        page.write_string(index, 1, text)
