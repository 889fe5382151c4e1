"""What stands in the columns of logs, by their names.

Sources: the log formats of Zeek 3 to 7 (docs.zeek.org, logs) and the EVE JSON format of Suricata 6 to 8
(docs.suricata.io, output). Names mean the same in every log, but for types that a header of Zeek declares.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from meldpunt.engines.matching.values import FieldKind

_ADDRESS, _HOST, _URL, _HASH, _MAIL = (
    FieldKind.ADDRESS,
    FieldKind.HOST,
    FieldKind.URL,
    FieldKind.HASH,
    FieldKind.MAIL,
)


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column. `is_list`: several values; `host`: the column with the host of a request's target."""

    kind: FieldKind
    is_list: bool = False
    names_client: bool = False
    host: str = ""


_CLIENT: Final = Column(_ADDRESS, names_client=True)
ZEEK: Final[Mapping[str, Column]] = {
    "id.orig_h": _CLIENT,
    "id.resp_h": Column(_ADDRESS),
    "src": _CLIENT,
    "dst": _CLIENT,
    "query": Column(_HOST),
    "answers": Column(_HOST, is_list=True),
    "host": Column(_HOST),
    "uri": Column(_URL, host="host"),
    "referrer": Column(_URL),
    "server_name": Column(_HOST),
    "ja3": Column(FieldKind.JA3),
    "ja3s": Column(FieldKind.JA3),
    "ja4": Column(FieldKind.JA4),
    "cert_chain_fps": Column(_HASH, is_list=True),
    "client_cert_chain_fps": Column(_HASH, is_list=True),
    "fingerprint": Column(_HASH),
    "tx_hosts": Column(_ADDRESS, is_list=True, names_client=True),
    "rx_hosts": Column(_ADDRESS, is_list=True, names_client=True),
    "md5": Column(_HASH),
    "sha1": Column(_HASH),
    "sha256": Column(_HASH),
    "mailfrom": Column(_MAIL),
    "from": Column(_MAIL),
    "reply_to": Column(_MAIL),
    "rcptto": Column(_MAIL, is_list=True, names_client=True),
    "to": Column(_MAIL, is_list=True, names_client=True),
    "cc": Column(_MAIL, is_list=True, names_client=True),
    "helo": Column(_HOST, names_client=True),
    "x_originating_ip": _CLIENT,
    "path": Column(_ADDRESS, is_list=True, names_client=True),
    "san.dns": Column(_HOST, is_list=True),
    "san.uri": Column(_URL, is_list=True),
    "san.email": Column(_MAIL, is_list=True),
    "san.ip": Column(_ADDRESS, is_list=True),
    "host_name": Column(_HOST, names_client=True),
    "client_fqdn": Column(_HOST, names_client=True),
    "client_addr": _CLIENT,
    "assigned_addr": _CLIENT,
    "server_addr": Column(_ADDRESS),
}

_OF_OWN_HOSTS: Final = re.compile(r"known_|software$")
"""Logs of what runs on the machines that are watched: their `host` is an address of one."""

EVE: Final[Mapping[str, Column]] = {
    "src_ip": _CLIENT,
    "dest_ip": _CLIENT,
    "dns.rrname": Column(_HOST),
    "dns.rdata": Column(_HOST),
    "dns.queries[].rrname": Column(_HOST, is_list=True),
    "dns.query[].rrname": Column(_HOST, is_list=True),
    "dns.answers[].rrname": Column(_HOST, is_list=True),
    "dns.answers[].rdata": Column(_HOST, is_list=True),
    "dns.grouped.A[]": Column(_HOST, is_list=True),
    "dns.grouped.AAAA[]": Column(_HOST, is_list=True),
    "dns.grouped.CNAME[]": Column(_HOST, is_list=True),
    "http.hostname": Column(_HOST),
    "http.url": Column(_URL, host="http.hostname"),
    "http.http_refer": Column(_URL),
    "http.xff": _CLIENT,
    "tls.sni": Column(_HOST),
    "tls.fingerprint": Column(_HASH),
    "tls.ja3.hash": Column(FieldKind.JA3),
    "tls.ja3s.hash": Column(FieldKind.JA3),
    "tls.ja4": Column(FieldKind.JA4),
    "tls.subjectaltname[]": Column(_HOST, is_list=True),
    "quic.sni": Column(_HOST),
    "quic.ja3.hash": Column(FieldKind.JA3),
    "quic.ja4": Column(FieldKind.JA4),
    "fileinfo.md5": Column(_HASH),
    "fileinfo.sha1": Column(_HASH),
    "fileinfo.sha256": Column(_HASH),
    "files[].md5": Column(_HASH, is_list=True),
    "files[].sha1": Column(_HASH, is_list=True),
    "files[].sha256": Column(_HASH, is_list=True),
    "smtp.mail_from": Column(_MAIL),
    "smtp.rcpt_to[]": Column(_MAIL, is_list=True, names_client=True),
    "smtp.helo": Column(_HOST, names_client=True),
    "email.from": Column(_MAIL),
    "email.to[]": Column(_MAIL, is_list=True, names_client=True),
    "email.cc[]": Column(_MAIL, is_list=True, names_client=True),
    "email.url[]": Column(_URL, is_list=True),
    "email.attachment_md5[]": Column(_HASH, is_list=True),
}
"""By path in a record; `[]` stands behind a list. Either side may be the client: who sends a file is its `src_ip`."""


def column_in(log: str, name: str, one: Column) -> Column:
    """What stands in a column where no header declares its type: in some logs it is another than its name says."""
    return _CLIENT if name == "host" and _OF_OWN_HOSTS.match(log) else one


def zeek_column(name: str, type_: str) -> Column | None:
    """What stands in a column of Zeek, by the name and the type of its header; None where no indicator can."""
    known = ZEEK.get(name)
    inner = type_.partition("[")[2].rstrip("]") or type_
    is_list = type_.startswith(("set[", "vector[")) if type_ else bool(known and known.is_list)
    if inner == "addr":
        # An address that nobody knows the meaning of may be that of a client.
        names_client = known.names_client if known and known.kind is _ADDRESS else True
        return Column(_ADDRESS, is_list=is_list, names_client=names_client)
    if known is None or inner not in ("string", ""):
        return None
    return Column(known.kind, is_list=is_list, names_client=known.names_client, host=known.host)
