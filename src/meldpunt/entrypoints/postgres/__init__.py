"""The PostgreSQL of a checkout: found, started, prepared and stopped by ourselves."""
