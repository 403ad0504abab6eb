"""7 · Tables, charts, maps, wording and downloads: how published rows look and read."""
