"""Liên Vùng: the information system that a key economic region plans with."""

__version__ = "0.1.0"
