"""Formulas alone: numbers in, numbers out; the formula and its source in the docstring."""
