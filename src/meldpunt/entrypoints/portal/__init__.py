"""The door of constituents and government parties."""
