"""The Iceberg schema and catalogue that publish and query share; the pack's facts as nouns."""
