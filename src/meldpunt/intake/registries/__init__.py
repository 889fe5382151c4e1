"""Whose is an address or a domain, by the registry that gave it out: RDAP (RFC 7480, 9082, 9083), asked on a press."""
