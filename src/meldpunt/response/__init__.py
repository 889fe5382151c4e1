"""Joint response: who stands together when an incident may disrupt society, and what each does."""
