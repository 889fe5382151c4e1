"""Whose is it, and what does this text point at: attribution, strict parsing, observables."""
