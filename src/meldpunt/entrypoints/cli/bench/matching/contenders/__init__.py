"""Each a file that stands on its own, run by `measured.py` in a fresh process: `prepare` is not timed, `run` is."""
