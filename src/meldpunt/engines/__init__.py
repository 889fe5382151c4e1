"""The laboratory: plain Python engines, usable from a notebook, without Django and without a network."""
