"""Which files a pack consists of and which columns each has (docs/pack.md)."""

from __future__ import annotations

PACK_FILE = "pack.yaml"
GROUPS_FILE = "indicators/groups.csv"
FIGURES = "figures"
PLANS, TARGETS = "plans/documents.csv", "plans/targets.csv"
PROGRAMMES, SUPPORTS, RESULTS = (f"innovation/{name}.csv" for name in ("programmes", "supports", "results"))

_CODE = ("code", "name_vi", "name_en", "parent", "note")

FIXED_FILES: dict[str, tuple[str, ...]] = {
    "areas/areas.csv": (
        "code", "valid_from", "valid_to", "level", "kind_vi", "name_vi", "name_en", "aliases", "source",
    ),
    "areas/succession.csv": ("predecessor", "successor", "day", "share", "basis", "document"),
    "areas/regions.csv": ("code", "set_code", "name_vi", "name_en", "valid_from", "valid_to", "source"),
    "areas/members.csv": ("region", "area", "is_partial", "note"),
    "agencies/agencies.csv": (
        "code", "name_vi", "name_en", "level", "valid_from", "valid_to", "jurisdiction", "function_vi", "confidence",
        "source",
    ),
    "agencies/succession.csv": ("predecessor", "successor", "day", "document"),
    GROUPS_FILE: ("code", "dataflow", "name_vi", "name_en"),
    "codelists/units.csv": ("code", "name_vi", "name_en", "base", "factor"),
    "codelists/breakdowns.csv": _CODE,
    "codelists/activities.csv": _CODE,
    "codelists/issuers.csv": _CODE,
    "codelists/exchange_rates.csv": (
        "currency", "period", "vnd_per_unit", "kind", "document", "note_vi", "note_en",
    ),
    "codelists/price_links.csv": ("from_basis", "to_basis", "scope", "factor", "document"),
    PLANS: (
        "plan", "number", "published", "issuer_vi", "issuer_en", "kind", "title_vi", "title_en", "territory",
        "period_from", "period_to", "vision", "status", "replaced_by", "note_vi", "note_en", "confidence", "source",
    ),
    TARGETS: (
        "target", "plan", "indicator", "name_vi", "name_en", "territory", "breakdown", "activity", "coverage_vi",
        "coverage_en", "period", "period_kind", "low", "high", "operator", "unit", "printed", "replaces", "confidence",
    ),
    PROGRAMMES: (
        "programme", "kind", "number", "published", "issuer_vi", "issuer_en", "title_vi", "title_en", "territory",
        "period_from", "period_to", "note_vi", "note_en", "confidence", "source",
    ),
    SUPPORTS: (
        "support", "programme", "firm", "territory", "granted", "form_vi", "form_en", "amount", "unit", "document",
        "note_vi", "note_en",
    ),
    RESULTS: ("result", "programme", "support", "indicator", "territory", "period", "note_vi", "note_en"),
}  # fmt: skip
"""Files with a fixed name and their columns."""

MAY_BE_ABSENT = (
    "codelists/exchange_rates.csv",
    "codelists/price_links.csv",
    PLANS,
    TARGETS,
    PROGRAMMES,
    SUPPORTS,
    RESULTS,
)
"""Fixed files that a pack need not have."""

FOLDERS: dict[str, tuple[str, ...]] = {
    "indicators": (
        "code", "indicator_key", "official_code", "code_status", "name_vi", "name_en", "unit", "decimals",
        "price_basis", "comparison", "aggregation", "numerator", "denominator", "weight", "scale", "direction",
        "frequency", "note_vi", "note_en",
    ),
    "sources": (
        "document", "issuer", "title_vi", "title_en", "published", "url", "file_name", "file_sha256", "boundary",
        "note",
    ),
    "breaks": ("indicator", "issuer", "area", "period", "kind", "note_vi", "note_en", "document"),
}  # fmt: skip
"""Folders whose ``*.csv`` (but the fixed ones) all have the same columns and are read together."""

FIGURE_COLUMNS = (
    "indicator", "area", "period", "value", "unit", "breakdown", "activity", "status", "issuer", "document",
    "boundary", "published", "origin_sheet", "origin_cell", "note",
)  # fmt: skip
"""Columns that a file of the tidy layout may have; the first four it must have, or a default for them."""
