"""The case: our work on what happened, with everything that belongs to it in one place."""
