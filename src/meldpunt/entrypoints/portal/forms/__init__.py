"""Forms: what somebody may fill in, checked before a room is asked."""
