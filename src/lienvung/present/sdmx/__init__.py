"""SDMX messages: one data structure for all dataflows, written as CSV and JSON, versions 2.0 and 2.1."""
