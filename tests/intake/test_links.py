"""Where a link in a mail goes is read, lifted, and told where its words say otherwise."""

from __future__ import annotations

import time

import pytest
from tests.intake import cast
from tests.intake.outlook import compound, message
from tests.intake.test_mails import receive
from tests.intake.test_outlook_mails import PHISHING, reported

from meldpunt.access.values import JOB
from meldpunt.intake import actions, queries
from meldpunt.intake.mail.markup import MOST_LINKS, read_html
from meldpunt.intake.mail_values import Link, links_from_words, links_in_words
from meldpunt.intake.values import Report

pytestmark = pytest.mark.django_db


def of_html(html: str, *more: str) -> Report:
    head = "".join(f"{line}\r\n" for line in ("From: Noor <noor@korenbeurs.example>", "Subject: Phishing", *more))
    return receive(f"{head}Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n".encode())


def links(report: Report) -> list[tuple[str, str, bool]]:
    return [(one.href, one.shown, one.is_misleading) for one in links_from_words(report.answers.get("links", ""))]


def named(report: Report) -> list[str]:
    return [one.value for one in report.observables]


def test_where_a_link_goes_is_lifted_and_told_beside_its_words() -> None:
    report = of_html('<p>Klik op <a href="https://nepbank.example/in?a=1&amp;b=2">www.bank.example</a>')
    assert links(report) == [("https://nepbank.example/in?a=1&b=2", "www.bank.example", True)]
    assert "https://nepbank.example/in?a=1&b=2" in named(report)
    assert report.text == "Klik op www.bank.example"


@pytest.mark.parametrize(
    ("href", "shown", "is_misleading"),
    [
        ("https://nepbank.example/", "klik hier", False),
        ("https://login.bank.example/", "bank.example", False),
        ("https://bank.example/", "https://www.bank.example/inloggen", False),
        ("https://bank.example.nepbank.example/", "bank.example", True),
        ("https://nepbank.example/bank.example", "bank.example", True),
        ("https://bank.example@nepbank.example/", "https://bank.example/", True),
        ("https://xn--bnk-5cd.example/", "bank.example", True),
        ("https://198.51.100.7/", "bank.example", True),
        ("mailto:help@nepbank.example?subject=x", "help@bank.example", True),
        ("javascript:alert(1)", "bank.example", True),
        ("https://[::1", "bank.example", True),
    ],
)
def test_words_that_name_another_address_mislead(href: str, shown: str, is_misleading: bool) -> None:
    assert read_html(f'<a href="{href}">{shown}</a>').links == (Link(href, shown, is_misleading),)


@pytest.mark.parametrize(
    ("href", "goes_to"),
    [
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fnepbank.example%2Fx&amp;data=1",
         "https://nepbank.example/x"),
        ("https://urldefense.com/v3/__https://nepbank.example/x__;!!Ab$", "https://nepbank.example/x"),
        ("https://urldefense.com/v3/__nonsense", "https://urldefense.com/v3/__nonsense"),
    ],
)  # fmt: skip
def test_what_a_filter_put_before_a_link_is_taken_away(href: str, goes_to: str) -> None:
    assert read_html(f'<a href="{href}">klik</a>').links[0].href == goes_to


@pytest.mark.parametrize("html", ['<a href="#a">x</a>', '<a href="cid:1">x</a>', '<a href="tel:1">x</a>', "<a>x</a>"])
def test_what_leads_nowhere_else_is_no_link(html: str) -> None:
    assert read_html(html).links == ()


def test_forms_pictures_and_a_base_are_read_too() -> None:
    html = '<base href="https://nepbank.example/a/"><a href="b"><img alt="bank.example"></a><form action="p"></form>'
    html += '<map><area href="c" alt="kaart"></map>'
    assert [(one.href, one.shown) for one in read_html(html).links] == [
        ("https://nepbank.example/a/b", "bank.example"),
        ("https://nepbank.example/a/p", "<form>"),
        ("https://nepbank.example/a/c", "kaart"),
    ]


def test_links_of_html_beside_a_text_of_forwarded_mails_and_of_outlook_are_read() -> None:
    html = b'<a href="https://nepbank.example/in">bank.example</a>'
    boundary = b"--b\r\nContent-Type: text/plain\r\n\r\nKlik hier\r\n--b\r\nContent-Type: text/html\r\n\r\n" + html
    inner = b"Subject: in\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" + boundary + b"\r\n--b--\r\n"
    outer = (
        b"Subject: uit\r\nContent-Type: multipart/mixed; boundary=u\r\n\r\n--u\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    for report in (
        receive(inner),
        receive(outer + inner + b"\r\n--u--"),
        reported(compound(message(PHISHING | {0x1013: html}))),
    ):
        assert links(report) == [("https://nepbank.example/in", "bank.example", True)]


def test_links_of_a_mail_that_is_added_are_read() -> None:
    first = of_html("Hallo", "Message-ID: <een@korenbeurs.example>")
    raw = "From: noor@korenbeurs.example\r\nIn-Reply-To: <een@korenbeurs.example>\r\nContent-Type: text/html\r\n\r\n"
    raw += '<a href="https://nepbank.example/in">bank.example</a>'
    again = actions.receive_mail(JOB, raw=raw.encode())
    report = queries.get_report(cast.analyst(), report=again.report)
    assert (report.id, "https://nepbank.example/in" in named(report)) == (first.id, True)
    assert report.stages[0].answers["links"] == "! https://nepbank.example/in | bank.example"


def test_a_hundred_links_are_told_and_the_rest_said_to_be_left() -> None:
    report = of_html("".join(f'<a href="https://nepbank.example/{number}">x</a>' for number in range(3_000)))
    assert (len(links(report)), report.answers["notes"]) == (MOST_LINKS, "links-cut")


def test_links_that_nothing_closes_cost_no_time() -> None:
    began = time.process_time()
    of_html('<a href="https://nepbank.example/">' * 6_000 + "x" * 1_000)
    assert time.process_time() - began < 10


def test_links_are_kept_as_an_answer_and_come_back() -> None:
    kept = (
        Link("https://a.example/", "b.example", is_misleading=True),
        Link("https://a.example/?x", "", is_misleading=False),
    )
    assert links_from_words(links_in_words(kept)) == kept
