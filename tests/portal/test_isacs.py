"""The tables of ISACs in the portal: written, looked at, sent, read."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings
from tests.isacs.cast import Around, company, gather, release, send, tell
from tests.portal.cast import browser_of
from tests.web.shown import seen_in
from tests.web.statements import assert_asks_no_more

from meldpunt.access.values import JOB, Actor, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.isacs import queries
from meldpunt.isacs.values import PostId
from meldpunt.isacs.words import PostKind, PostState

pytestmark = pytest.mark.django_db
MORE = 3


def browser(member: Actor, *, language: str = "en") -> Client:
    return browser_of(member.organisation, language=language)


def filled(**given: object) -> dict[str, object]:
    return {
        "attribution": "named",
        "kind": "post",
        "title": "Aanvallen",
        "text": "Let op de kwikstaart.",
        "tlp": "TLP:AMBER",
        "pap": "PAP:AMBER",
        "language": "nl",
        **given,
    }


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def written(client: Client, around: Around, **given: object) -> str:
    """The address of the page on which its author looks at it."""
    answer = client.post(f"/portal/isacs/{around.isac}/write", filled(**given))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


def test_one_sees_what_the_others_would_read_before_anything_is_told() -> None:
    around = gather()
    client = browser(around.open)
    link = written(client, around)
    seen = page(client, link)
    for words in ("3 members that sit there openly", "Energie Windhoek", "may read it too", "kwikstaart", "10(4), 29"):
        assert words in seen
    assert "Haverzande" not in seen
    release()
    assert "kwikstaart" not in page(browser(around.third), f"/portal/isacs/{around.isac}")
    client.post(f"{link}/move", {"deed": "send", "seen": seen_in(client.get(link))})
    release()
    listed = page(browser(around.third), f"/portal/isacs/{around.isac}")
    assert "Aanvallen" in listed
    assert "1 new" in listed


def test_who_came_to_sit_there_openly_after_the_page_was_shown_is_seen_before_it_is_sent() -> None:
    around = gather()
    client = browser(around.open)
    link = written(client, around)
    stale = seen_in(client.get(link))
    new = company("Energie Nieuwkomer", number=7)
    constituency_actions.join_isac(JOB, isac=around.isac, organisation=new)
    refused = client.post(f"{link}/move", {"deed": "send", "seen": stale})
    assert refused.status_code == 409
    assert "look again" in refused.content.decode()
    assert "Energie Nieuwkomer" in refused.content.decode()
    release()
    assert [one.state for one in queries.list_own_posts(around.open)] == [PostState.DRAFT]
    client.post(f"{link}/move", {"deed": "send", "seen": seen_in(refused)})
    assert [one.state for one in queries.list_own_posts(around.open)] == [PostState.WAITING]


def test_who_comes_to_sit_there_hidden_changes_nothing_on_the_page() -> None:
    around = gather()
    client = browser(around.open)
    link = written(client, around)
    before = seen_in(client.get(link))
    new = company("Energie Verborgen", number=8)
    constituency_actions.join_isac(JOB, isac=around.isac, organisation=new, hidden=True)
    assert seen_in(client.get(link)) == before


def test_a_thread_is_read_answered_and_searched() -> None:
    around = gather()
    post = tell(around.open, around.isac, text="Let op de kwikstaart.", indicators="203.0.113.7")
    client = browser(around.third)
    thread = f"/portal/isacs/threads/{post.thread}"
    seen = page(client, thread)
    assert "203[.]0[.]113[.]7" in seen
    assert "203.0.113.7" not in seen
    assert (
        "new"
        not in re.sub(r"<title>.*?</title>", "", page(client, f"/portal/isacs/{around.isac}")).split("Threads")[1][:400]
    )
    form = {name: value for name, value in filled(text="Hier ook.").items() if name not in ("title", "kind")}
    answer = client.post(f"/portal/isacs/{around.isac}/write?thread={post.thread}", form)
    client.post(f"{answer['Location']}/move", {"deed": "send", "seen": seen_in(client.get(answer["Location"]))})
    release()
    assert "Hier ook." in page(browser(around.open), thread)
    assert "1 post found" in page(client, f"/portal/isacs/{around.isac}?q=KWIKSTAART")


def test_indicators_are_fetched_under_their_marking() -> None:
    around = gather()
    post = tell(around.open, around.isac, indicators="203.0.113.7\nroerdomp.example")
    client = browser(around.third)
    link = f"/portal/isacs/told/{post.disclosure}/files/indicators"
    assert "address,203.0.113.7,TLP:AMBER,PAP:AMBER" in page(client, f"{link}.csv")
    stix = page(client, f"{link}.json")
    assert "domain-name:value = 'roerdomp.example'" in stix
    assert "Duinrecht" not in stix
    assert client.get(f"{link}.xml").status_code == 404
    assert browser(around.outside).get(f"{link}.csv").status_code == 404


def test_what_is_in_the_way_is_said_and_what_was_written_is_not_lost() -> None:
    around = gather()
    client = browser(around.open, language="nl")
    answer = client.post(f"/portal/isacs/{around.isac}/write", filled(indicators="geen"))
    assert answer.status_code == 409
    assert "Regel 1 van de indicatoren" in answer.content.decode()
    assert "kwikstaart" in answer.content.decode()
    assert client.post(f"/portal/isacs/{around.isac}/write", filled(tlp="TLP:RED")).status_code == 422


def test_a_file_goes_unattributed_without_what_it_was_called(settings: Settings) -> None:
    settings.ISAC_FEWEST_AUTHORS = 1
    around = gather()
    client = browser(around.open)
    named = SimpleUploadedFile("duinrecht-log.csv", b"adres;naam\r\n203.0.113.7;Netbeheer Duinrecht\r\n", "text/csv")
    link = written(client, around, attribution="unattributed", attachments=[named])
    seen = page(client, link)
    assert "document-1.csv" in seen
    assert "duinrecht" not in seen.lower().split("what the others read")[1]
    client.post(f"{link}/move", {"deed": "send", "seen": seen_in(client.get(link))})
    release()
    (line,) = queries.list_threads(around.third, isac=around.isac)
    (said,) = queries.get_thread(around.third, thread=line.thread)
    (file,) = said.told.attachments
    data = page(browser(around.third), f"/portal/messages/{said.told.id}/files/{file.id}")
    assert data == "adres,naam\n203.0.113.7,[█████ weggelaten]\n"


def test_a_seat_is_asked_for_granted_left_and_read_about() -> None:
    around = gather()
    asker, chair = browser(around.outside), browser(around.chair)
    assert "Ask for a seat at ISAC Energie" in page(asker, "/portal/isacs")
    asker.post(f"/portal/isacs/{around.isac}/ask", {"words": "Graag.", "is_hidden": "on"})
    assert "asked" in page(asker, "/portal/isacs")
    table = page(chair, f"/portal/isacs/{around.isac}/table")
    assert "Admit Biogas Peelrode" in table
    (motion,) = queries.list_asked(around.chair, isac=around.isac)
    chair.post(f"/portal/isacs/motions/{motion.id}", {"deed": "grant"})
    release()
    assert "Biogas Peelrode" in page(chair, f"/portal/isacs/{around.isac}/table")
    assert "Biogas Peelrode" not in page(browser(around.open), f"/portal/isacs/{around.isac}/table")
    asker.post(f"/portal/isacs/{around.isac}/leave")
    release()
    assert "left this table" in page(asker, f"/portal/isacs/{around.isac}")


def test_who_does_not_sit_there_finds_nothing() -> None:
    around = gather()
    post = tell(around.open, around.isac)
    draft = send(around.open, around.isac)
    for member, role in (
        (around.outside, Role.CONSTITUENT),
        (around.elsewhere, Role.CONSTITUENT),
        (around.open, Role.PARTY),
    ):
        client = browser_of(member.organisation, role=role)
        for path in (
            f"/portal/isacs/{around.isac}",
            f"/portal/isacs/{around.isac}/table",
            f"/portal/isacs/{around.isac}/write",
            f"/portal/isacs/threads/{post.thread}",
            f"/portal/isacs/posts/{draft}",
        ):
            assert client.get(path).status_code == 404, path
    for path in (f"/portal/isacs/posts/{draft}", f"/portal/isacs/posts/{draft}/move"):
        assert browser(around.third).post(path, {"deed": "take-back"}).status_code in (404, 405)


@pytest.mark.parametrize(
    ("deed", "after"),
    [("take-back", PostState.TAKEN_BACK), ("nothing", PostState.WAITING)],
)
def test_what_waits_is_taken_back(deed: str, after: PostState) -> None:
    around = gather()
    post = send(around.open, around.isac)
    browser(around.open).post(f"/portal/isacs/posts/{post}/move", {"deed": deed})
    assert queries.get_own_post(around.open, post=PostId(post)).state is after


def test_the_lists_ask_no_more_because_they_are_longer() -> None:
    around = gather()
    client = browser(around.third)
    first = tell(around.open, around.isac, indicators="203.0.113.7")

    def tell_more() -> None:
        for number in range(MORE):
            tell(around.open, around.isac, text=f"Nog een, {number}")
            tell(around.third, around.isac, text="Van ons.")
            tell(around.open, around.isac, kind=PostKind.REPLY, thread=first.thread, text=f"En {number}")

    for path in (
        f"/portal/isacs/{around.isac}",
        f"/portal/isacs/{around.isac}?q=een",
        "/portal/isacs/posts",
    ):
        assert_asks_no_more(client, path, tell_more)
    page(client, f"/portal/isacs/threads/{first.thread}")
    assert_asks_no_more(client, f"/portal/isacs/threads/{first.thread}", tell_more)
