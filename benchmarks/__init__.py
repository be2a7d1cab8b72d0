"""Each script prints a table of ratios against its named baseline, from one interleaved run."""
