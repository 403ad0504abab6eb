"""The one data structure definition, LV_DSD: its components, their concepts and their code lists."""

from __future__ import annotations

from dataclasses import dataclass

AGENCY, VERSION = "LIENVUNG", "1.0.0"
DSD, CONCEPTS = "LV_DSD", "LV_CONCEPTS"
AGENCY_VI, AGENCY_EN = "Hệ thống thông tin Liên Vùng", "Liên Vùng information system"


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, measure or attribute: its id, the published column it shows, its names and code list.

    ``kind``: dimension, time, measure, series (an attribute of the whole series) or obs (of one observation).
    ``data_type`` is SDMX's, for components without a code list.
    """

    id: str
    column: str
    kind: str
    name_vi: str
    name_en: str
    codelist: str = ""
    data_type: str = "String"

    def name(self, lang: str) -> str:
        """The name of the concept in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


COMPONENTS = (
    Component("FREQ", "freq", "dimension", "Tần suất", "Frequency", "CL_FREQ"),
    Component("INDICATOR", "indicator", "dimension", "Chỉ tiêu", "Indicator", "CL_INDICATOR"),
    Component("REF_AREA", "area_key", "dimension", "Địa bàn", "Reference area", "CL_AREA"),
    Component("ACTIVITY", "activity", "dimension", "Ngành kinh tế", "Economic activity", "CL_ACTIVITY"),
    Component("BREAKDOWN", "breakdown", "dimension", "Phân tổ", "Breakdown", "CL_BREAKDOWN"),
    Component("ISSUER", "issuer", "dimension", "Cơ quan công bố", "Issuer", "CL_ISSUER"),
    Component("TIME_PERIOD", "period", "time", "Thời kỳ", "Time period", "", "ObservationalTimePeriod"),
    Component("OBS_VALUE", "value", "measure", "Giá trị", "Observation value", "", "Double"),
    Component("UNIT_MEASURE", "unit", "series", "Đơn vị tính", "Unit of measure", "CL_UNIT"),
    Component("OBS_STATUS", "status", "obs", "Tình trạng số liệu", "Observation status", "CL_OBS_STATUS"),
    Component("DECIMALS", "decimals", "obs", "Số chữ số thập phân đã in", "Decimals as printed", "", "Integer"),
    Component("MARK", "mark", "obs", "Ký hiệu thay số", "Mark in place of a number", "CL_MARK"),
    Component("PUBLISHED", "published_from", "obs", "Ngày công bố", "Published", "", "GregorianDay"),
    Component(
        "PUBLISHED_PRECISION", "published_precision", "obs", "Độ chính xác của ngày công bố", "Precision of that day",
        "CL_PRECISION",
    ),
    Component("RECORDED", "recorded_from", "obs", "Thời điểm ghi nhận", "Recorded", "", "DateTime"),
    Component("DOCUMENT", "document", "obs", "Tài liệu nguồn", "Source document"),
    Component("NOTE", "note", "obs", "Ghi chú", "Note"),
)  # fmt: skip
BY_ID = {c.id: c for c in COMPONENTS}
DIMENSIONS = tuple(c for c in COMPONENTS if c.kind == "dimension")
TIME, MEASURE = BY_ID["TIME_PERIOD"], BY_ID["OBS_VALUE"]
ATTRIBUTES = tuple(c for c in COMPONENTS if c.kind in ("series", "obs"))

_PREFIX = "urn:sdmx:org.sdmx.infomodel."
_CLASSES = {
    "dataflow": "datastructure.Dataflow",
    "datastructure": "datastructure.DataStructure",
    "codelist": "codelist.Codelist",
    "conceptscheme": "conceptscheme.ConceptScheme",
    "agencyscheme": "base.AgencyScheme",
    "concept": "conceptscheme.Concept",
}


def urn(kind: str, name: str, version: str = VERSION, agency: str = AGENCY) -> str:
    """The SDMX name of an artefact.

    >>> urn("codelist", "CL_AREA")
    'urn:sdmx:org.sdmx.infomodel.codelist.Codelist=LIENVUNG:CL_AREA(1.0.0)'
    """
    return f"{_PREFIX}{_CLASSES[kind]}={agency}:{name}({version})"


def concept_urn(component: Component) -> str:
    """The SDMX name of the concept that a component takes its meaning from."""
    return f"{urn('concept', CONCEPTS)}.{component.id}"


def structure_id(dataflow: str) -> str:
    """How SDMX-CSV names a dataflow.

    >>> structure_id("NATIONAL_ACCOUNTS")
    'LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)'
    """
    return f"{AGENCY}:{dataflow}({VERSION})"
