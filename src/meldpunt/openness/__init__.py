"""Requests for information: collect, withhold on a ground per passage, decide, release, and prove nothing is left."""
