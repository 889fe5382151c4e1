"""The house notices when nobody looks, or when a part of it stopped."""
