"""Of who sent a mail the desk reads what our own server found, and nothing that anybody else wrote."""

from __future__ import annotations

import time

import pytest
from pytest_django.fixtures import Settings
from tests.intake.test_links import of_html

from meldpunt.intake.mail.authentication import findings

pytestmark = pytest.mark.django_db
OURS = ("mx.meldpunt.example",)
PASS = "mx.meldpunt.example; spf=pass smtp.mailfrom=korenbeurs.example; dmarc=pass header.from=korenbeurs.example"
FAIL = "mx.meldpunt.example; spf=fail smtp.mailfrom=nepbank.example; dmarc=fail header.from=korenbeurs.example"


def said(*lines: str) -> str:
    return "; ".join(one.in_words for one in findings(lines, ours=OURS))


# RFC 8601, appendix B.2 to B.7, with our name in the place of theirs.
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("mx.meldpunt.example 1; none", ""),
        ("mx.meldpunt.example; spf=pass smtp.mailfrom=example.net", "spf=pass smtp.mailfrom=example.net"),
        ("mx.meldpunt.example; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
         "spf=pass smtp.mailfrom=example.net"),
        ("mx.meldpunt.example; dkim=pass (good signature) header.d=example.com", "dkim=pass header.d=example.com"),
        ('mx.meldpunt.example; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail '
         'reason="bad signature" header.i=@newyork.example.com',
         "dkim=pass header.i=@mail-router.example.net; dkim=fail header.i=@newyork.example.com"),
        ("mx.meldpunt.example (een (genest) commentaar; dkim=pass) ; dkim/1 = FAIL ( ; dmarc=pass )", "dkim=fail"),
        ('"mx.meldpunt.example"; dmarc=pass header.from="a;b(c"', "dmarc=pass header.from=a;b(c"),
        ("MX.Meldpunt.Example; spf=softfail", "spf=softfail"),
        ("mx.meldpunt.example; spf=perfect; dkim; =; ;; dmarc=", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_our_server_writes_is_read_as_the_standard_says(line: str, found: str) -> None:
    assert said(line) == found


@pytest.mark.parametrize(
    "forged",
    [
        PASS.replace("mx.meldpunt", "mx.elders"),
        PASS.replace("mx.meldpunt.example", "mx.meldpunt.example.elders.example"),
        f"mx.elders.example ({OURS[0]}); dmarc=pass",
        f"elders; x={OURS[0]}; {PASS}",
    ],
)
def test_what_another_writes_is_never_read(forged: str) -> None:
    assert said(forged) == ""
    assert said(forged, FAIL, forged) == said(FAIL)


def test_a_forged_line_under_our_name_stands_below_ours_and_is_not_read() -> None:
    assert said(FAIL, PASS) == said(FAIL)
    assert said("mx.meldpunt.example; spf=fail", "mx.meldpunt.example; dkim=none", PASS).startswith(
        "spf=fail; dkim=none"
    )


def test_without_the_name_of_our_server_nothing_is_believed() -> None:
    assert findings([PASS], ours=()) == ()


def test_a_long_line_costs_no_time() -> None:
    began = time.process_time()
    said("mx.meldpunt.example; " + "(" * 100_000, 'mx.meldpunt.example; dkim="' * 5_000, "a=;" * 30_000)
    assert time.process_time() - began < 2


def test_it_stands_with_the_report_and_what_a_sender_writes_under_other_headers_does_not(settings: Settings) -> None:
    settings.MAIL_SERVERS = list(OURS)
    forged = (
        "ARC-Authentication-Results: i=1; " + PASS,
        "Authentication-Results: " + PASS,
        "authentication: dmarc=pass",
    )
    report = of_html("Hallo", f"Authentication-Results: {FAIL}".replace("; ", ";\r\n\t"), *forged)
    assert report.answers["authentication"] == said(FAIL)
    assert (
        "authentication" not in of_html("Hallo", *(one.replace("mx.meldpunt", "mx.elders") for one in forged)).answers
    )
