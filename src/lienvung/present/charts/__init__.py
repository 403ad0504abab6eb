"""Drawings as Apache ECharts options, built from plain data; ``present/svg.py`` draws them."""
