"""What the doors for people share: the gate, the session, the look. No door of its own."""
