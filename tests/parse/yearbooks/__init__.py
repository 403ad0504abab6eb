"""Three workbooks as statistics offices make them, of our own: figures of the pack, every trap of their kind."""

from tests.parse.yearbooks.books import fdi_or_labour, grdp, population
from tests.parse.yearbooks.figures import Key, known_figures

__all__ = ["Key", "fdi_or_labour", "grdp", "known_figures", "population"]
