"""Two worlds that differ only in which member wrote: every other member gets the same bytes.

Chance and the clock are those of the standard library, set alike in both: nothing is normalised but the values of CSRF.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.disclosure.servers import settings_for
from tests.engines.redaction.test_stripping import jpeg, pdf, png
from tests.isacs.cast import Around, form_for, gather, release, send, tell
from tests.portal.cast import browser_of

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor
from meldpunt.isacs import actions, queries
from meldpunt.isacs.values import SentFile
from meldpunt.isacs.words import PostKind

pytestmark = pytest.mark.django_db
_CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
_LINK = re.compile(r'href="(/portal/(?:isacs|messages)[^"#]*)"')

Fetched = dict[str, tuple[int, tuple[tuple[str, str], ...], bytes]]


@contextmanager
def alike(monkeypatch: pytest.MonkeyPatch, start: datetime) -> Iterator[None]:
    """The same chance and the same clock each time, and afterwards nothing of it happened."""
    chance, ticks = random.Random(7), iter(range(10**9))
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(os, "urandom", chance.randbytes)
        patch.setattr(random, "_urandom", chance.randbytes)
        patch.setattr(timezone, "now", lambda: start + timedelta(milliseconds=next(ticks)))
        yield
        transaction.set_rollback(True)


def crawl(client: Client, start: str) -> Fetched:
    """Everything one reaches from there, the page of one's own posts too, with status and headers."""
    found: Fetched = {}
    waiting = [start, "/portal/", "/portal/messages", f"{start}?q=kwikstaart"]
    while waiting:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = client.get(path)
        body = answer.getvalue() if answer.streaming else answer.content
        headers = tuple(sorted((name, value) for name, value in answer.items() if name != "Set-Cookie"))
        found[path] = answer.status_code, headers, _CSRF.sub(b"", body)
        if "html" in answer["Content-Type"]:
            waiting += [link for link in _LINK.findall(body.decode()) if link not in found]
    return found


def write_everything(author: Actor, around: Around, who: str) -> None:
    """A post with every kind of file, a reply to another's, a withdrawal and a new version: all unattributed."""
    bare = {"is_unattributed": True}
    opening = tell(around.chair, around.isac, text="Onder onze naam.")
    files = tuple(
        SentFile(f"{who}.{ending}", data)
        for ending, data in (
            ("pdf", pdf(who)),
            ("png", png(who)),
            ("jpg", jpeg(who)),
            ("csv", f"wie;wat\r\n{who};kwikstaart\r\n".encode()),
            ("txt", f"Bij {who} gezien.\r\n".encode()),
        )
    )
    post = send(author, around.isac, text=f"Kwikstaart bij {who}.", indicators="203.0.113.7", files=files, **bare)
    send(author, around.isac, kind=PostKind.REPLY, thread=opening.thread, text="Hier ook.", **bare)
    # Whoever did not write the above, writes this: what differs is who wrote what, not how many there are.
    other = around.third if author == around.open else around.open
    send(other, around.isac, text="Ik zag niets.", **bare)
    for number in range(3):
        send(around.chair, around.isac, text=f"Nog {number}.", **bare)
    release()
    # What is one's own can be known as one's own, and stands on a page of one's own.
    actions.withdraw_post(author, post=queries.list_own_posts(author)[0].id, reason="Toch niet.")
    send(author, around.isac, replaces=post, why=f"Bij {who} is meer bekend.", text="Nu zeker.", **bare)
    release()
    actions.write_post(author, form=form_for(around.isac, text="Nog niet verstuurd."))
    send(author, around.isac, text="Voor de volgende ronde.", **bare)


def world(
    author: Callable[[Around], Actor], who: str, around: Around, readers: dict[str, Client]
) -> dict[str, Fetched]:
    write_everything(author(around), around, who)
    seen = {name: crawl(client, f"/portal/isacs/{around.isac}") for name, client in readers.items()}
    for name, found in seen.items():
        found["mail"] = 200, (), mail_of(getattr(around, name).organisation)
    return seen


def mail_of(organisation: object) -> bytes:
    """Every mail that waits for it: when, for which disclosure, under which message id."""
    with bound(JOB), connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_jsonb(e) FROM disclosure_envelope e WHERE organisation = %s ORDER BY id", [organisation]
        )
        return repr(cursor.fetchall()).encode()


def test_every_other_member_gets_the_same_bytes_whoever_wrote(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.MAIL = settings_for("smtp://127.0.0.1:1")  # which nothing is sent to: it waits
    around, start = gather(), timezone.now()
    readers = {
        "chair": browser_of(around.chair.organisation),
        "hidden": browser_of(around.hidden.organisation, language="nl"),
        "outside": browser_of(around.outside.organisation),
    }
    for client in readers.values():
        client.get("/portal/organisation")  # which still greets who just came in
    with alike(monkeypatch, start):
        one = world(lambda cast: cast.open, "Netbeheer Duinrecht", around, readers)
    with alike(monkeypatch, start):
        other = world(lambda cast: cast.third, "Gasnet Steenwolde", around, readers)
    assert len(one["chair"]) > 15
    assert len(one["chair"]["mail"][2]) > 1000
    assert any("/files/" in path for path in one["chair"])
    for name in readers:
        assert one[name].keys() == other[name].keys(), name
        assert [path for path in one[name] if one[name][path] != other[name][path]] == [], name


def test_the_comparison_notices_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of the test: under a name the two worlds are told apart."""
    around, start = gather(), timezone.now()
    client, seen = browser_of(around.chair.organisation), []
    for author in (around.open, around.third):
        with alike(monkeypatch, start):
            tell(author, around.isac)
            seen.append(crawl(client, f"/portal/isacs/{around.isac}"))
    assert seen[0] != seen[1]
