"""Data asked of a public body, and asked by one: ground, term, reminders, answer."""
