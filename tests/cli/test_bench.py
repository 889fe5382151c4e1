"""What the benchmark of pages asks for; its figures are printed and never asserted."""

from __future__ import annotations

from meldpunt.entrypoints.cli.bench.visiting import Answer, Visitor, pages_of

SITE = {
    "/desk/": '<a href="/desk/cases">a</a> <a href="/desk/account/logout/">b</a> <a href="/elsewhere">c</a>',
    "/desk/cases": "".join(
        f'<a href="/desk/cases/{number}23e4567-e89b-12d3-a456-426614174000#x">d</a>' for number in range(3)
    ),
    "/": '<a href="/about">e</a> <a href="/desk/">f</a> <a href="/portal/">g</a> <a href="https://elsewhere.example/">h</a>',
}


class Reader(Visitor):
    """Reads from memory instead of a server."""

    def get(self, path: str) -> Answer:
        return Answer(SITE.get(path, ""), took=1, cpu=1, statements=1)


def test_one_page_is_asked_for_of_each_shape() -> None:
    found = pages_of(Reader(""), "desk", known={})
    assert set(found) == {"/desk/", "/desk/cases", "/desk/cases/<id>"}
    assert found["/desk/cases/<id>"] == "/desk/cases/023e4567-e89b-12d3-a456-426614174000"


def test_what_a_colleague_reached_is_not_asked_for_again() -> None:
    assert set(pages_of(Reader(""), "desk", known={"/desk/": "", "/desk/cases": ""})) == {"/desk/cases/<id>"}


def test_the_public_site_ends_at_the_other_doors() -> None:
    assert set(pages_of(Reader(""), "public", known={})) == {"/", "/about"}
