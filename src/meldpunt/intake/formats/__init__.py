"""The formats in which feeds come: one module each, and every one yields the same rows."""
