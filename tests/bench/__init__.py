"""Speed and memory, measured: server on one core, load on the other, medians of several runs."""
