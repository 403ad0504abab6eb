"""Every query parameter of the API, in words: the checks, the OpenAPI document and the manual are made from these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lienvung.domain.names import nearest
from lienvung.errors import BadValue, Both


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter: its name, what it does (vi, en) and an example."""

    name: str
    vi: str
    en: str
    example: str
    is_required: bool = False


LANG = Parameter("lang", "Ngôn ngữ của tên gọi: vi hoặc en", "Language of names: vi or en", "vi")
PUBLISHED = Parameter(
    "published",
    "Số liệu như các cơ quan đã công bố đến hết ngày này",
    "Figures as the issuers had published them by the end of that day",
    "2023-12-31",
)
RECORDED = Parameter(
    "recorded",
    "Số liệu như hệ thống này ghi nhận tại thời điểm này",
    "Figures as this system knew them at that moment",
    "2026-01-31T00:00:00Z",
)
FORMAT = Parameter("format", "csv hoặc json, thay cho đầu mục Accept", "csv or json, instead of Accept", "csv")
DETAIL = Parameter("detail", "full, allstubs, referencestubs, raw", "full, allstubs, referencestubs, raw", "allstubs")
REFERENCES = Parameter(
    "references",
    "none, children, descendants, parents, ancestors, parentsandsiblings, all hoặc tên loại",
    "none, children, descendants, parents, ancestors, parentsandsiblings, all or a type",
    "descendants",
)
FILTERS = Parameter(
    "c[TIME_PERIOD]",
    "Lọc theo thành phần; dấu phẩy là HOẶC, dấu + là VÀ; eq ne lt le gt ge co nc sw ew",
    "Filter by component; a comma is OR, a + is AND; eq ne lt le gt ge co nc sw ew",
    "ge:2016+le:2022",
)

PATH_PARTS = {
    p.name: p
    for p in (
        Parameter("agency", "Cơ quan quản lý, mặc định *", "Agency, * by default", "LIENVUNG"),
        Parameter("dataflow", "Luồng dữ liệu, mặc định *", "Dataflow, * by default", "NATIONAL_ACCOUNTS"),
        Parameter("version", "Phiên bản: 1.0.0, +, ~, *", "Version: 1.0.0, +, ~, *", "1.0.0"),
        Parameter("key", "Khóa, * là mọi giá trị", "Key, * for every value", "A.GRDP_CUR.74@2004"),
        Parameter("component", "Chiều, mặc định *", "Dimension, * by default", "INDICATOR"),
        Parameter("kind", "Loại cấu trúc, mặc định *", "Kind of artefact, * by default", "codelist"),
        Parameter("id", "Mã của cấu trúc, mặc định *", "Id of the artefact, * by default", "CL_AREA"),
    )
}
"""The parts of an SDMX path, for the OpenAPI document."""

SDMX_DATA = (
    FILTERS,
    Parameter("firstNObservations", "Số quan sát đầu của mỗi chuỗi", "First observations of each series", "1"),
    Parameter("lastNObservations", "Số quan sát cuối của mỗi chuỗi", "Last observations of each series", "1"),
    Parameter("dimensionAtObservation", "TIME_PERIOD, AllDimensions", "TIME_PERIOD, AllDimensions", "TIME_PERIOD"),
    Parameter("attributes", "dsd, all, none, series, obs hoặc mã", "dsd, all, none, series, obs or ids", "none"),
    Parameter("measures", "all, none hoặc OBS_VALUE", "all, none or OBS_VALUE", "all"),
    Parameter("offset", "Bỏ qua bao nhiêu quan sát", "How many observations to skip", "0"),
    Parameter("limit", "Nhiều nhất bao nhiêu quan sát", "At most this many observations", "1000"),
    Parameter("asOf", "Như recorded (tên của SDMX)", "The same as recorded (SDMX's name)", "2026-01-31T00:00:00Z"),
    RECORDED,
    PUBLISHED,
    FORMAT,
    Parameter("labels", "CSV: id, name, both", "CSV: id, name, both", "both"),
    Parameter("timeFormat", "CSV: original, normalized", "CSV: original, normalized", "original"),
    Parameter("keys", "CSV: none, obs, series, both", "CSV: none, obs, series, both", "none"),
    LANG,
    Parameter("updatedAfter", "Chưa hỗ trợ (501)", "Not supported yet (501)", ""),
    Parameter("includeHistory", "Chưa hỗ trợ (501), trừ false", "Not supported yet (501), except false", "false"),
    Parameter("sort", "Chưa hỗ trợ (501)", "Not supported yet (501)", ""),
    Parameter("reportingYearStartDay", "Chưa hỗ trợ (501)", "Not supported yet (501)", ""),
)
SDMX_STRUCTURE = (DETAIL, REFERENCES, LANG)
SDMX_AVAILABILITY = (
    FILTERS,
    Parameter("mode", "exact; available chưa hỗ trợ (501)", "exact; available is not supported yet (501)", "exact"),
    Parameter("references", "none; giá trị khác chưa hỗ trợ (501)", "none; others are not supported yet (501)", "none"),
    LANG,
    Parameter("updatedAfter", "Chưa hỗ trợ (501)", "Not supported yet (501)", ""),
    Parameter("reportingYearStartDay", "Chưa hỗ trợ (501)", "Not supported yet (501)", ""),
)
BOUNDARIES = (
    Parameter(
        "boundary",
        "Địa giới: một ngày, hoặc source (mặc định: địa giới của văn bản)",
        "Boundary: a day, or source (the document's own, the default)",
        "2025-07-01",
    ),
    Parameter("unit", "Đổi sang đơn vị", "Told in this unit", "USD_MN"),
    Parameter("total", "true: tổng của cả vùng (region)", "true: the total of the region", "true"),
    Parameter("split_by", "Chỉ tiêu dùng để chia đơn vị", "Indicator that divided units go by", "POP_AVG"),
    Parameter(
        "denominator",
        "Mẫu số khác cho tỷ số, kèm @thời kỳ nếu cần",
        "Other denominators of a ratio, with @period if wanted",
        "POP_REGISTERED@2025-06-12",
    ),
)
OBSERVATIONS = (
    Parameter("indicator", "Mã chỉ tiêu, cách bằng dấu phẩy", "Indicator codes, with commas", "GRDP_CUR", True),
    Parameter("areas", "Mã hoặc tên địa bàn, cách bằng dấu phẩy", "Area codes or names, with commas", "74,75@2004"),
    Parameter("region", "Mã vùng, thay cho các địa bàn", "Code of a region, instead of areas", "KTTD-PN"),
    Parameter("from", "Thời kỳ đầu", "First period", "2016"),
    Parameter("to", "Thời kỳ cuối", "Last period", "2022"),
    PUBLISHED,
    RECORDED,
    Parameter("issuer", "Mã cơ quan công bố", "Codes of issuers", "GSO"),
    Parameter("breakdown", "Mã phân tổ; all: mọi phân tổ", "Codes of breakdowns; all: every one", "all"),
    Parameter("activity", "Mã ngành kinh tế; all: mọi ngành", "Codes of activities; all: every one", "all"),
    *BOUNDARIES,
    LANG,
)
INDICATORS = (
    Parameter("q", "Chữ có trong mã hoặc tên, không cần dấu", "Text in code or name, without tones", "dan so"),
    Parameter("group", "Mã nhóm chỉ tiêu", "Code of a group of indicators", "T05"),
)
AREAS = (
    Parameter("q", "Chữ có trong mã hoặc tên, không cần dấu", "Text in code or name, without tones", "binh duong"),
    Parameter("level", "country, region, key_region, province", "country, region, key_region, province", "province"),
    Parameter("on", "Chỉ các địa bàn tồn tại vào ngày này", "Only areas that existed on that day", "2024-12-31"),
)
TRACE = (
    Parameter("issuer", "Mã cơ quan công bố", "Code of an issuer", "GSO"),
    Parameter("breakdown", "Mã phân tổ", "Code of a breakdown", "_T"),
    Parameter("activity", "Mã ngành kinh tế", "Code of an activity", "_T"),
    LANG,
)
REVISIONS = (
    Parameter("from", "Thời kỳ đầu", "First period", "2016"),
    Parameter("to", "Thời kỳ cuối", "Last period", "2022"),
    PUBLISHED,
    RECORDED,
    Parameter("issuer", "Mã cơ quan công bố", "Codes of issuers", "GSO"),
    Parameter("breakdown", "Mã phân tổ; all: mọi phân tổ", "Codes of breakdowns; all: every one", "all"),
    Parameter("activity", "Mã ngành kinh tế; all: mọi ngành", "Codes of activities; all: every one", "all"),
    LANG,
)


def read_query(raw: bytes | str, allowed: Iterable[Parameter]) -> dict[str, str]:
    """The query string by name, ``c[X]`` filters among them; in filters a blank is a plus that some proxy decoded.

    Args:
        raw: the query string as it came, still percent-encoded.
        allowed: the parameters of the route. A filter is allowed where ``c[TIME_PERIOD]`` is among them.

    Raises:
        BadValue: a name that the route does not know, or one given twice.
    """
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    names = {p.name: p for p in allowed}
    found: dict[str, str] = {}
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        name, value = unquote(name), unquote(value)
        is_filter = name.startswith("c[") and name.endswith("]") and FILTERS.name in names
        if not (is_filter or name in names):
            raise _unknown(name, names)
        if name in found:
            raise BadValue(value=value, name=name, choices=Both("mỗi tham số ghi một lần", "each parameter once"))
        found[name] = value.replace(" ", "+") if is_filter else _decoded(name, value)
    return found


def _decoded(name: str, value: str) -> str:
    """A blank may come as a plus, except in moments, where a plus stands before the offset from UTC."""
    is_moment = name in ("recorded", "asOf", "updatedAfter")
    return value.replace(" ", "+") if is_moment else value.replace("+", " ")


def _unknown(name: str, names: dict[str, Parameter]) -> BadValue:
    near = nearest(name, names) or list(names)
    return BadValue(value=name, name=Both("truy vấn", "query"), choices=", ".join(near))


def document(parameters: Iterable[Parameter], en: str, example: str, parts: Iterable[str] = ()) -> dict[str, Any]:
    """What a route adds to the OpenAPI document: parameters, its English sentence and an example address.

    Args:
        parameters: of the query. en: what the route is for. example: an address to try.
        parts: names of ``PATH_PARTS`` that the path has and the function does not take.
    """
    listed = [_described(PATH_PARTS[name], "path") for name in parts]
    listed += [_described(p, "query") for p in parameters]
    return {"parameters": listed, "x-en": en, "x-example": example}


def _described(parameter: Parameter, place: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": place,
        "required": place == "path" or parameter.is_required,
        "description": parameter.vi,
        "x-en": parameter.en,
        "schema": {"type": "string"},
        "example": parameter.example,
    }


def whole_number(text: str | None, name: str, least: int = 1) -> int | None:
    """A count given as text; None if it was not given.

    Raises:
        BadValue: not a whole number, or below ``least``.
    """
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise BadValue(value=text, name=name, choices=Both(f"số nguyên từ {least}", f"a whole number from {least}"))
    return int(text)


def one_of(text: str, name: str, choices: tuple[str, ...]) -> str:
    """The text if it is among the choices.

    Raises:
        BadValue: it is not.
    """
    if text not in choices:
        raise BadValue(value=text, name=name, choices=", ".join(choices))
    return text


def codes_of(text: str | None) -> tuple[str, ...]:
    """Codes separated by commas.

    >>> codes_of("74, 79"), codes_of(None)
    (('74', '79'), ())
    """
    return tuple(filter(None, (c.strip() for c in (text or "").split(","))))
