"""A pack on disk, read into the nouns: fast, because every command begins with it."""

from lienvung.store.packs.columns import FIGURE_COLUMNS, FIXED_FILES, FOLDERS, GROUPS_FILE, MAY_BE_ABSENT, PACK_FILE
from lienvung.store.packs.lines import Line, Sheet, read_sheet
from lienvung.store.packs.loading import figure_files, load_catalogue, load_gazetteer, read_about
from lienvung.store.packs.plans import load_plans

__all__ = [
    "FIGURE_COLUMNS",
    "FIXED_FILES",
    "FOLDERS",
    "GROUPS_FILE",
    "MAY_BE_ABSENT",
    "PACK_FILE",
    "Line",
    "Sheet",
    "figure_files",
    "load_catalogue",
    "load_gazetteer",
    "load_plans",
    "read_about",
    "read_sheet",
]
