"""ISACs: closed spaces in which the organisations of a sector tell each other, by name or unattributed."""
