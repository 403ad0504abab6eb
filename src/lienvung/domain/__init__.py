"""Nouns that are true with the computer off: areas, indicators, periods, clocks, observations."""
