"""The story through the doors, as its people play it."""
