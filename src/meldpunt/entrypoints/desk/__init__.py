"""The door of the desk: analysts, duty officers, and those who account for them."""
