"""Logs in, sightings and a manifest out."""
