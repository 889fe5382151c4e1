"""Read a term from a cell of a data file."""

from meldpunt.law.errors import LawDataInvalid, TermInvalid
from meldpunt.law.terms import Term, parse_term
from meldpunt.vocabulary.rows import Row


def term_from(row: Row, key: str = "term") -> Term:
    """The term written under that key. Raises LawDataInvalid or DataFileInvalid."""
    try:
        return parse_term(row.text(key))
    except TermInvalid as error:
        raise LawDataInvalid(f"{row.place}: {error}") from error
