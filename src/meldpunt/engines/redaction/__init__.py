"""Finding what identifies, and removing it for good from text and PDF."""
