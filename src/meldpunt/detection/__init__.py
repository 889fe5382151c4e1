"""The national detection network: indicators go out, sightings come back, and nobody learns who saw what."""
