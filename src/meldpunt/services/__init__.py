"""What organisations deliver by name, and what those services lean on."""
