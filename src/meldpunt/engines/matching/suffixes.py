"""Names under which strangers live: the Public Suffix List, offline."""

from __future__ import annotations

from tldextract import TLDExtract

from meldpunt.engines.matching.values import Host

# Without these two arguments the library asks the network on first use and writes a cache.
_EXTRACT = TLDExtract(suffix_list_urls=(), cache_dir=None)

_LOCAL_TLDS = frozenset({"example", "test", "invalid", "internal", "local"})
"""Reserved by RFC 2606, RFC 6762 and ICANN (2024): not on the list, yet seen in reports."""


def is_public_suffix(host: Host) -> bool:
    """Whether anyone may register names right under it, or it is a single label.

    Counts both sections of the Public Suffix List (publicsuffix.org): under a private suffix such as
    a hosting platform's live other people's names just as under `nl`.
    """
    if "." not in host:
        return True
    return _EXTRACT.extract_str(host, include_psl_private_domains=True).suffix == host


def has_known_suffix(host: Host) -> bool:
    """Whether the name ends in a suffix of the list or in a reserved local one, with a label before."""
    if host.rpartition(".")[2] in _LOCAL_TLDS:
        return "." in host
    found = _EXTRACT.extract_str(host)
    return bool(found.suffix) and found.suffix != host


def registrable(host: Host) -> Host | None:
    """The name that somebody registered, of which this is one or lies under one; None where there is none."""
    if host.rpartition(".")[2] in _LOCAL_TLDS:
        return Host(".".join(host.split(".")[-2:])) if "." in host else None
    found = _EXTRACT.extract_str(host)
    return Host(f"{found.domain}.{found.suffix}") if found.domain and found.suffix else None
