"""A form written back in its own layout: only the cells that change are touched."""

from lienvung.present.forms.layouts import Layout, open_layout
from lienvung.present.forms.reports import form_record, offer_records, render_form
from lienvung.present.forms.values import Figure, format_figure

__all__ = ["Figure", "Layout", "form_record", "format_figure", "offer_records", "open_layout", "render_form"]
