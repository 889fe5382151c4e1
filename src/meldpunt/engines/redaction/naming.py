"""Patterns that recognise a known name, person, domain, address or number in folded text.

Each is made once and remembered: one page asks for those of the same organisation hundreds of times.
"""

from __future__ import annotations

import re
from functools import lru_cache

import idna

from meldpunt.engines.matching.grammar import parse_host
from meldpunt.engines.redaction.folding import LINE_BREAK, WORD_BREAK, fold, fold_mapped, words_of

_BETWEEN_WORDS = r"[\W_]{0,4}"
_NOT_AFTER_WORD, _NOT_BEFORE_WORD = r"(?<![^\W_])", r"(?![^\W_])"
_LEGAL_FORMS = frozenset({"bv", "nv", "vof", "cv", "gmbh", "ltd", "inc", "plc", "llc", "ag"})
_LETTER_FORMS = frozenset({("b", "v"), ("n", "v"), ("c", "v")})
_LONG_ENOUGH_INSIDE_A_WORD = 5
_NATIONAL_DIGITS = 9
_remembered = lru_cache(maxsize=4096)

_PARTICLES = re.compile(r"aan|bij|de?|den|der|het|in|op|s|te?|ten|ter|uit|van|von")


@_remembered
def name_pattern(name: str) -> re.Pattern[str] | None:
    """A name in any case, broken over lines, hyphenated, with or without its legal form.

    Five letters or more are also found inside a longer word, because Dutch compounds names
    (`Vitensmedewerker`); shorter ones only as a word of their own, with dots between the letters and a
    possessive allowed. None when the name holds no letter or digit.
    """
    words = _without_legal_form(words_of(name))
    if not words:
        return None
    if sum(map(len, words)) >= _LONG_ENOUGH_INSIDE_A_WORD:
        return re.compile(_BETWEEN_WORDS.join(map(_wrapped, words)))
    spelled = _BETWEEN_WORDS.join(r"\.?".join(map(re.escape, word)) for word in words)
    return re.compile(rf"{_NOT_AFTER_WORD}{spelled}\.?(?:'?s)?{_NOT_BEFORE_WORD}")


@_remembered
def person_pattern(person: str) -> re.Pattern[str] | None:
    """Given name or initials and surname, either order of writing: `Jan de Vries`, `J. de Vries`."""
    words = words_of(person)
    if len(words) < 2:
        return name_pattern(person)
    given, surname = words[0], _BETWEEN_WORDS.join(map(re.escape, words[1:]))
    first = rf"(?:{re.escape(given)}|{re.escape(given[0])}{_NOT_BEFORE_WORD}(?:\.?\s?[a-z]\.){{0,4}})"
    last_first = rf"{re.escape(words[-1])}\s?,\s?{first}"
    return re.compile(rf"{_NOT_AFTER_WORD}(?:{first}{_BETWEEN_WORDS}{surname}|{last_first})(?:'?s)?{_NOT_BEFORE_WORD}")


@_remembered
def surname_pattern(person: str) -> re.Pattern[str] | None:
    """The surname by itself with its particles. The caller checks for a capital: `Jong` is also a word."""
    words = words_of(person)
    if len(words) < 2 or len(words[-1]) < 3:
        return None
    particles = "".join(rf"(?:{re.escape(w)}\s{{1,3}})?" for w in words[1:-1] if _PARTICLES.fullmatch(w))
    return re.compile(rf"{_NOT_AFTER_WORD}{particles}(?P<surname>{re.escape(words[-1])})(?:'?s)?{_NOT_BEFORE_WORD}")


@_remembered
def place_patterns(address: str) -> tuple[re.Pattern[str], ...]:
    """A postal address: each part between commas that holds a digit, and the Dutch postcode in it."""
    parts = [part for part in re.split(r"[,\n]", address) if any(c.isdigit() for c in part)]
    postcodes = re.findall(r"\d{4}\s?[a-z]{2}(?![^\W_])", fold(address))
    numbers = [rf"(?<!\d){code[:4]}\s{{0,2}}{code[-2:]}{_NOT_BEFORE_WORD}" for code in postcodes]
    spelled = [
        rf"{_NOT_AFTER_WORD}{_BETWEEN_WORDS.join(map(_wrapped, words_of(part)))}{_NOT_BEFORE_WORD}" for part in parts
    ]
    return tuple(re.compile(pattern) for pattern in numbers + spelled)


@_remembered
def domain_patterns(domain: str) -> tuple[re.Pattern[str], ...]:
    """A domain in refanged text, as letters and as A-labels, wrapped over lines or read out (`punt`).

    A name that merely ends in the same letters (`notexample.nl`) is another name. What follows is not
    looked at: `example.nl.attacker.test` still tells who is impersonated.
    """
    ascii_name = parse_host(domain)
    spellings = {str(ascii_name), fold(_to_unicode(ascii_name))}
    dot = r"(?:\s{0,3}\.\s{0,3}|\s{1,3}(?:dot|punt)\s{1,3})"
    return tuple(
        re.compile(
            r"(?<![^\W_])(?<![\w]-)"
            + dot.join(LINE_BREAK.join(map(re.escape, label)) for label in spelling.split("."))
            + _NOT_BEFORE_WORD
        )
        for spelling in sorted(spellings)
    )


@_remembered
def mail_pattern(mail: str) -> re.Pattern[str] | None:
    """A mail address, also with a space around its at-sign."""
    spelled = r"\s?@\s?".join(map(re.escape, fold_mapped(mail).text.strip().split("@")))
    return re.compile(spelled) if spelled else None


@_remembered
def phone_pattern(phone: str) -> re.Pattern[str] | None:
    """A phone number by its last nine digits, however they are grouped and whatever stands before."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) < 3:
        return None
    known = digits[-_NATIONAL_DIGITS:]
    before = r"(?:(?:\+|00)?\d{1,3}[\s()./-]{0,3}(?:\(0\)|0)?[\s()./-]{0,3}|\(?0)?"
    return re.compile(rf"(?<![\d.]){before}" + r"[\s()./-]{0,3}".join(known) + r"(?!\d)")


def _wrapped(word: str) -> str:
    return WORD_BREAK.join(map(re.escape, word))


def _without_legal_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """`N.V. Nederlandse Gasunie` is also called by the rest alone; a name of nothing else stays whole."""
    rest = words
    for _ in range(2):
        if rest and rest[0] in _LEGAL_FORMS:
            rest = rest[1:]
        elif tuple(rest[:2]) in _LETTER_FORMS:
            rest = rest[2:]
        if rest and rest[-1] in _LEGAL_FORMS:
            rest = rest[:-1]
        elif tuple(rest[-2:]) in _LETTER_FORMS:
            rest = rest[:-2]
    return rest or words


def _to_unicode(ascii_name: str) -> str:
    try:
        return idna.decode(ascii_name)
    except idna.IDNAError:
        return ascii_name  # an A-label outside IDNA 2008 has no other spelling to look for
