"""The code lists of the one data structure, out of the pack's catalogue and SDMX's own small lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from lienvung.domain.catalogue import Catalogue


class _Named(Protocol):
    @property
    def name_vi(self) -> str: ...
    @property
    def name_en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CodeName:
    """The two names of a code, and the code above it if there is one."""

    vi: str
    en: str
    parent: str = ""

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``, the other one where it is empty."""
        return (self.vi or self.en) if lang == "vi" else (self.en or self.vi)


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list by id, with its own two names."""

    id: str
    name_vi: str
    name_en: str
    codes: Mapping[str, CodeName]


_FREQ = {
    "A": CodeName("Năm", "Annual"),
    "S": CodeName("Nửa năm", "Half-yearly"),
    "Q": CodeName("Quý", "Quarterly"),
    "M": CodeName("Tháng", "Monthly"),
    "D": CodeName("Ngày", "Daily"),
    "R": CodeName("Khoảng thời gian khác", "Range of another length"),
}
_STATUS = {
    "A": CodeName("Chính thức", "Official"),
    "E": CodeName("Ước tính", "Estimate"),
    "P": CodeName("Sơ bộ", "Preliminary"),
    "R": CodeName("Đã điều chỉnh", "Revised"),
    "F": CodeName("Kế hoạch, dự toán", "Plan"),
    "M": CodeName("Không có giá trị", "Missing value"),
}
_MARK = {
    "nil": CodeName("Không phát sinh (-)", "Does not occur (-)"),
    "not_available": CodeName("Chưa có số liệu (..)", "Not available (..)"),
    "not_applicable": CodeName("Không áp dụng (để trống)", "Not applicable (blank)"),
}
_PRECISION = {
    "day": CodeName("Đúng ngày", "To the day"),
    "month": CodeName("Chỉ biết tháng", "To the month"),
    "year": CodeName("Chỉ biết năm", "To the year"),
    "received": CodeName("Chỉ biết ngày nhận", "Known by the day of receipt only"),
}


def _names(items: Iterable[tuple[str, _Named]]) -> dict[str, CodeName]:
    return {code: CodeName(i.name_vi, i.name_en, getattr(i, "parent", "")) for code, i in items}


def build_codelists(catalogue: Catalogue) -> dict[str, CodeList]:
    """Every code list of LV_DSD by its id."""
    areas = {str(key): area for key, area in catalogue.gazetteer.areas.items()}
    lists = (
        CodeList("CL_FREQ", "Tần suất", "Frequency", _FREQ),
        CodeList("CL_INDICATOR", "Chỉ tiêu", "Indicators", _names(catalogue.indicators.items())),
        CodeList("CL_AREA", "Địa bàn theo mốc địa giới", "Areas by boundary", _names(areas.items())),
        CodeList("CL_ACTIVITY", "Ngành kinh tế", "Economic activities", _names(catalogue.activities.items())),
        CodeList("CL_BREAKDOWN", "Phân tổ", "Breakdowns", _names(catalogue.breakdowns.items())),
        CodeList("CL_ISSUER", "Cơ quan công bố", "Issuers", _names(catalogue.issuers.items())),
        CodeList("CL_UNIT", "Đơn vị tính", "Units of measure", _names(catalogue.units.items())),
        CodeList("CL_OBS_STATUS", "Tình trạng số liệu", "Observation status", _STATUS),
        CodeList("CL_MARK", "Ký hiệu thay số", "Marks in place of a number", _MARK),
        CodeList("CL_PRECISION", "Độ chính xác của ngày công bố", "Precision of a day of publication", _PRECISION),
    )
    return {codelist.id: codelist for codelist in lists}
