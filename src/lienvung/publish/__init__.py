"""4 Write the release, atomically, with both clocks."""
