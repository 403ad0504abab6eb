"""6 Numbers no source printed: sums, comparisons, estimates, each by a stated rule."""
