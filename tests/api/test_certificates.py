"""A key that asks for a certificate opens nothing without one of its own: over real TLS."""

from __future__ import annotations

import base64
import json
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client, RequestFactory, override_settings
from django.test.client import WSGIRequest
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied
from tests.disclosure import cast as disclosure_cast

from meldpunt.access import queries as access_queries
from meldpunt.access.binding import bound
from meldpunt.access.errors import CertificateBound, CertificateMissing
from meldpunt.access.values import ActorId, MachineLine, OrganisationId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import KeySecret, KeyUnfit, KeyUnreadable
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.web import client_certificates
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

from . import cast
from .authority import Authority, Issued, ending_tls, fetch
from .serving import ServedDoor

OFFICER = disclosure_cast.duty_officer()
DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@dataclass
class Installation:
    """The door behind its proxy, with an authority for the certificates of machines, and one that nobody knows."""

    door: ServedDoor
    proxy: int
    lax: int
    authority: Authority
    unknown: Authority
    key: str
    machine: MachineLine
    mine: Issued
    theirs: Issued
    ended: Issued

    def ask(self, shown: Issued | None, *, key: str = "", lax: bool = False) -> int:
        """The status of the answer to a key over a connection that began with this certificate."""
        headers = {"X-API-Key": key or self.key}
        port = self.lax if lax else self.proxy
        return fetch(port, "/api/v1/disclosures", trusted=self.authority, shown=shown, headers=headers)[0]


@pytest.fixture(scope="module")
def installation(
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installation]:
    folder, before = tmp_path_factory.mktemp("tls"), connection.settings_dict["NAME"]
    with copied(postgres_server, f"tls_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        door = ServedDoor(postgres_server.dsn("meldpunt_app", name), folder)
        door.start()
        try:
            with _founded(door, folder) as founded:
                yield founded
        finally:
            door.kill()
            connections.close_all()
            connection.settings_dict["NAME"] = before


@contextmanager
def _founded(door: ServedDoor, folder: Path) -> Iterator[Installation]:
    """The country, its machines and the two proxies."""
    country = disclosure_cast.found_country()
    key, other = cast.reader_key(country.water), cast.reader_key(country.bank)
    authority, unknown = Authority(folder, "authority"), Authority(folder, "unknown")
    server = authority.issue("server", usage="serverAuth")
    mine, theirs = authority.issue("mine"), authority.issue("theirs")
    line, their_line = line_of(key, country.water), line_of(other, country.bank)
    bind(line.id, mine)
    bind(their_line.id, theirs)
    constituency_actions.demand_certificate(OFFICER, key=line.id, is_demanded=True)
    ended = authority.issue("ended", ended=True)
    with (
        ending_tls(server, authority, behind=door.socket) as proxy,
        ending_tls(server, unknown, behind=door.socket) as lax,
    ):
        yield Installation(door, proxy, lax, authority, unknown, key, line, mine, theirs, ended)


def line_of(key: str, organisation: UUID) -> MachineLine:
    lines = access_queries.list_keys_of(OFFICER, organisation=OrganisationId(organisation))
    found = access_queries.find_actor_by_key(key)
    return lines[-1] if found is None else next(one for one in lines if one.id == found.id)


def bind(key: ActorId, issued: Issued) -> None:
    constituency_actions.bind_certificate(OFFICER, key=key, raw=issued.certificate.read_bytes())


def test_a_key_opens_over_a_connection_with_its_certificate(installation: Installation) -> None:
    assert installation.ask(installation.mine) == 200


@pytest.mark.parametrize("shown", [None, "theirs"])
def test_a_key_opens_nothing_without_its_certificate_or_with_anothers(
    installation: Installation, shown: str | None
) -> None:
    assert installation.ask(getattr(installation, shown) if shown else None) == 401


@pytest.mark.parametrize("shown", ["ended", "unknown"])
def test_a_certificate_that_ended_or_is_of_another_authority_begins_no_connection(
    installation: Installation, shown: str
) -> None:
    issued = installation.ended if shown == "ended" else installation.unknown.issue("mine")
    with pytest.raises((ssl.SSLError, ConnectionError, OSError)):
        installation.ask(issued)


def test_where_the_proxy_holds_it_to_another_authority_the_same_name_opens_nothing(installation: Installation) -> None:
    """A proxy that is set up wrongly lets in a certificate of somebody else's, with the name of ours."""
    assert installation.ask(installation.unknown.issue("mine"), lax=True) == 401


@pytest.mark.parametrize("name", ["Client-Cert", "Client_Cert"])
def test_a_header_that_the_client_sends_itself_is_taken_out_by_the_proxy(installation: Installation, name: str) -> None:
    said = f":{base64.b64encode(installation.mine.der).decode()}:"
    headers = {"X-API-Key": installation.key, name: said}
    path = "/api/v1/disclosures"
    status, _ = fetch(installation.proxy, path, trusted=installation.authority, shown=None, headers=headers)
    assert status == 401


def test_the_proxy_of_the_docs_takes_out_what_python_cannot_tell_from_its_own_word() -> None:
    """To a WSGI application `Client_Cert` and `Client-Cert` are one name (PEP 3333)."""
    frontend = DOCS.read_text("utf-8").partition("frontend machines")[2].partition("backend api")[0]
    before, _, _ = frontend.partition("http-request set-header Client-Cert ")
    assert {"option http-restrict-req-hdr-names delete", "http-request del-header Client-Cert"} <= {
        line.strip() for line in before.splitlines()
    }


def test_a_certificate_that_was_revoked_goes_with_its_key_no_more(installation: Installation) -> None:
    next_one = installation.authority.issue("next")
    bind(installation.machine.id, next_one)
    assert (installation.ask(next_one), installation.ask(installation.mine)) == (200, 200)
    (line,) = [
        one
        for one in access_queries.get_key(OFFICER, key=installation.machine.id).certificates
        if one.fingerprint == next_one.fingerprint
    ]
    constituency_actions.revoke_certificate(OFFICER, certificate=line.id)
    assert (installation.ask(next_one), installation.ask(installation.mine)) == (401, 200)


def test_a_request_whose_answer_was_lost_in_a_crash_is_answered_as_it_was(installation: Installation) -> None:
    """The server is killed after it answered, and the answer did not arrive: the code would be lost for ever."""
    key = cast.forwarder_key()
    headers = {"X-API-Key": key, "Content-Type": "application/json", "Idempotency-Key": "a-crash"}
    ask = {"headers": headers, "body": json.dumps(cast.ITEM).encode()}
    lost = installation.door.ask("POST", "/reports", **ask)  # type: ignore[arg-type]
    installation.door.kill()
    installation.door.start()
    again = installation.door.ask("POST", "/reports", **ask)  # type: ignore[arg-type]
    assert lost[0] == 201
    assert again == lost
    status, listed = installation.door.ask("GET", "/reports", headers=headers)
    assert (status, len(json.loads(listed)["items"])) == (200, 1)


def told(environment: dict[str, object], peers: list[str]) -> WSGIRequest:
    """What reaches the application of a request with this in its environment."""
    seen: list[dict[str, object]] = []
    given = RequestFactory()._base_environ() | environment
    client_certificates.believe_certificates(lambda found, _: seen.append(found) or [], peers)(given, lambda: None)
    return WSGIRequest(seen[0])


SAID = f":{base64.b64encode(b'a certificate').decode()}:"


@pytest.mark.parametrize(
    ("address", "peers", "said", "is_believed"),
    [
        ("127.0.0.1", ["127.0.0.1"], SAID, True),
        ("", ["unix"], SAID, True),
        ("192.0.2.7", ["127.0.0.1"], SAID, False),
        ("127.0.0.1", [], SAID, False),
        ("127.0.0.1", ["unix"], SAID, False),
        ("127.0.0.1", ["127.0.0.1"], "a certificate", False),
        ("127.0.0.1", ["127.0.0.1"], f"{SAID}, {SAID}", False),
        ("127.0.0.1", ["127.0.0.1"], ":A:", False),
        ("127.0.0.1", ["127.0.0.1"], "", False),
    ],
)
def test_who_says_with_which_certificate_is_believed_only_where_the_settings_name_them(
    address: str, peers: list[str], said: str, is_believed: bool
) -> None:
    request = told({"REMOTE_ADDR": address, "HTTP_CLIENT_CERT": said}, peers)
    assert bool(client_certificates.certificate_of(request)) is is_believed
    assert client_certificates.is_forged(request) is not is_believed
    assert "HTTP_CLIENT_CERT" not in request.META


def test_a_request_without_a_certificate_is_no_forgery() -> None:
    request = told({"REMOTE_ADDR": "192.0.2.7"}, ["127.0.0.1"])
    assert not client_certificates.certificate_of(request)
    assert not client_certificates.is_forged(request)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/reports", "/disclosures", "/openapi.json"])
def test_a_forged_header_is_refused_whatever_is_asked(client: Client, path: str) -> None:
    forged = {"meldpunt.client_certificate_forged": True, "meldpunt.client_certificate": ""}
    answer = client.get(f"/api/v1{path}", headers={"X-API-Key": cast.forwarder_key()}, **forged)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
class TestBinding:
    """What the desk does with certificates, and the database holds it to."""

    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path, "authority")

    @pytest.fixture
    def line(self) -> MachineLine:
        country = disclosure_cast.found_country()
        return line_of(cast.reader_key(country.water), country.water)

    def test_a_key_cannot_ask_for_a_certificate_it_does_not_have(self, line: MachineLine) -> None:
        with pytest.raises(CertificateMissing):
            constituency_actions.demand_certificate(OFFICER, key=line.id, is_demanded=True)

    def test_a_certificate_is_bound_once(self, line: MachineLine, authority: Authority) -> None:
        issued = authority.issue("mine")
        bind(line.id, issued)
        with pytest.raises(CertificateBound):
            bind(line.id, issued)

    def test_what_is_no_certificate_for_a_client_is_not_bound(self, line: MachineLine, authority: Authority) -> None:
        issued = authority.issue("mine")
        unfit = {
            "server": (authority.issue("server", usage="serverAuth").certificate.read_bytes(), KeyUnfit),
            "authority": (authority.root.certificate.read_bytes(), KeyUnfit),
            "ended": (authority.issue("ended", ended=True).certificate.read_bytes(), KeyUnfit),
            "secret key": (issued.key.read_bytes() + issued.certificate.read_bytes(), KeySecret),
            "chain": (issued.certificate.read_bytes() + authority.root.certificate.read_bytes(), KeyUnreadable),
            "nothing": (b"hallo", KeyUnreadable),
        }
        for raw, refusal in unfit.values():
            with pytest.raises(refusal):
                constituency_actions.bind_certificate(OFFICER, key=line.id, raw=raw)
        assert access_queries.get_key(OFFICER, key=line.id).certificates == ()

    def test_one_that_ends_within_45_days_is_warned_of(self, line: MachineLine, authority: Authority) -> None:
        bind(line.id, authority.issue("mine"))
        (bound_one,) = access_queries.get_key(OFFICER, key=line.id).certificates
        assert bound_one.ends_soon(datetime.now(UTC))
        assert not bound_one.ends_soon(bound_one.not_after - timedelta(days=46))

    def test_the_ledger_says_that_it_was_bound_and_never_whose(self, line: MachineLine, authority: Authority) -> None:
        bind(line.id, authority.issue("mine"))
        constituency_actions.demand_certificate(OFFICER, key=line.id, is_demanded=True)
        entries = ledger_queries.list_entries(OFFICER, subject=line.id)
        kinds = {one.kind for one in entries}
        assert {Kind.CERTIFICATE_BOUND, Kind.CERTIFICATE_DEMANDED} <= kinds
        assert "Voorbeeld" not in repr(entries)

    def test_its_organisation_sees_it_and_no_other_does(self, line: MachineLine, authority: Authority) -> None:
        issued = authority.issue("mine")
        bind(line.id, issued)
        assert line.organisation is not None
        (own,) = access_queries.list_own_keys(disclosure_cast.constituent(line.organisation))
        assert [one.fingerprint for one in own.certificates] == [issued.fingerprint]
        with bound(disclosure_cast.constituent(UUID(int=7))), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM access_machinecertificate")
            assert cursor.fetchall() == []

    @pytest.mark.parametrize("change", ["needs_certificate = false", "revoked_at = NULL"])
    def test_a_stolen_key_frees_itself_of_nothing(self, line: MachineLine, change: str) -> None:
        country_key = cast.forwarder_key()
        machine = access_queries.find_actor_by_key(country_key)
        assert machine
        with pytest.raises(DatabaseError, match="permission denied"), bound(machine):
            connection.cursor().execute(f"UPDATE access_machinekey SET {change}")


@pytest.mark.django_db
def test_nothing_is_asked_in_the_clear_where_tls_is_asked(client: Client) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        answer = client.get("/api/v1/reports", headers={"X-API-Key": cast.forwarder_key()})
    assert answer.status_code == 403
    assert answer["API-Version"]
