"""One module a noun: parse, one call into a room, answer."""
