"""A hash for passwords that are no secret: those of the tests, and those the demo prints."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 with the least work it can do; the real parameters are measured, not tested."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
