"""Views: parse, one call into a room, answer."""
