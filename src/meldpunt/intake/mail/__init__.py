"""Mail as a channel in: how one is read, what it belongs to, and whether anybody waits for an answer to it."""
