"""Say a verdict in plain Dutch and English, sentence by sentence, each with the article it rests on."""

from collections.abc import Iterator, Mapping

from meldpunt.law.labels import label_of, listed
from meldpunt.law.regimes import Law
from meldpunt.law.values import Condition, DataKind, Facts, Ground, GroundKind, Need, Purpose, Sentence
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.days import written_day

_WAY = {True: Bilingual("door", "by"), False: Bilingual("aan", "to")}


def explain(
    facts: Facts, *, chosen: Mapping[DataKind, Ground], needs: tuple[Need, ...], law: Law
) -> tuple[Sentence, ...]:
    """The sentences of a verdict, never none.

    `chosen` holds for each kind that may go the ground it goes on; `needs` the grounds not yet open.
    """
    used = sorted(set(chosen.values()), key=lambda ground: ground.id)
    left_out = facts.data - set(chosen)
    sentences: list[Sentence] = []
    if not used:
        sentences.extend(_refusal(facts, law))
    for ground in used:
        kinds = frozenset(kind for kind, on in chosen.items() if on is ground)
        sentences.extend(_permission(facts, ground, kinds))
    if used and left_out:
        sentences.append(_leaving_out(left_out, used, law))
    sentences.extend(_need(facts, need, has_grounds=bool(used)) for need in needs)
    sentences.extend(_doubt(ground) for ground in (*used, *(need.ground for need in needs)) if not ground.verified)
    return tuple(dict.fromkeys(sentences))


def _refusal(facts: Facts, law: Law) -> Iterator[Sentence]:
    duty, verb = law.confidentiality, label_of(facts.kind)
    recipient = label_of(facts.recipient)
    if facts.data:
        kinds = listed(facts.data)
        yield Sentence(
            nl=f"Dit mag niet: op {written_day(facts.on).nl} is er geen grond om dit te {verb.nl} "
            f"(wie: {recipient.nl}; wat: {kinds.nl}). Dan geldt {duty.article}.",
            en=f"This is refused: on {written_day(facts.on).en} there is no ground to {verb.en} this "
            f"(who: {recipient.en}; what: {kinds.en}). Then {duty.article} stands.",
            article=duty.article,
        )
    else:
        yield Sentence(
            nl=f"Dit mag niet: er is geen soort gegeven genoemd, dus is er niets te {verb.nl} ({duty.article}).",
            en=f"This is refused: no kind of data was named, so there is nothing to {verb.en} ({duty.article}).",
            article=duty.article,
        )
    yield Sentence(duty.wording.nl, duty.wording.en, duty.article)
    if not duty.verified:
        yield _unread(duty.article)


def _permission(facts: Facts, ground: Ground, kinds: frozenset[DataKind]) -> Iterator[Sentence]:
    recipient, purpose, data = label_of(facts.recipient), label_of(facts.purpose), listed(kinds)
    nl, en = {
        GroundKind.DISCLOSE: (
            f"Naar {recipient.nl} mag, om {purpose.nl}: {data.nl} ({ground.article}).",
            f"May go to {recipient.en}, to {purpose.en}: {data.en} ({ground.article}).",
        ),
        GroundKind.REQUEST: (
            f"Op te vragen, wie: {recipient.nl}; wat: {data.nl} ({ground.article}).",
            f"May be requested, from whom: {recipient.en}; what: {data.en} ({ground.article}).",
        ),
        GroundKind.SUPPLY: (
            f"Te leveren {_WAY[facts.purpose is Purpose.ASK].nl} {recipient.nl}: {data.nl} ({ground.article}).",
            f"May be supplied {_WAY[facts.purpose is Purpose.ASK].en} {recipient.en}: {data.en} ({ground.article}).",
        ),
        GroundKind.PROCESS: (
            f"Verwerkt mag worden: {data.nl} ({ground.article}).",
            f"May be processed: {data.en} ({ground.article}).",
        ),
    }[facts.kind]
    yield Sentence(nl, en, ground.article)
    yield Sentence(ground.task.nl, ground.task.en, ground.article)
    met = ground.conditions & facts.conditions
    if met:
        yield Sentence(
            f"Daaraan is voldaan: {listed(met).nl} ({ground.article}).",
            f"The conditions are met: {listed(met).en} ({ground.article}).",
            ground.article,
        )
    if Condition.FOUR_EYES in ground.conditions - facts.conditions:
        yield Sentence(
            f"Eerst moet een tweede persoon dit goedkeuren ({ground.article}).",
            f"A second person has to approve this first ({ground.article}).",
            ground.article,
        )


def _leaving_out(left_out: frozenset[DataKind], used: list[Ground], law: Law) -> Sentence:
    kinds = listed(left_out)
    articles = "; ".join(dict.fromkeys(ground.article for ground in used))
    return Sentence(
        nl=f"Weglaten: {kinds.nl}. Dat valt niet onder {articles}, dus geldt {law.confidentiality.article}.",
        en=f"Leave out: {kinds.en}. {articles} does not cover it, so {law.confidentiality.article} stands.",
        article=law.confidentiality.article,
    )


def _need(facts: Facts, need: Need, *, has_grounds: bool) -> Sentence:
    opens, missing, verb = listed(need.opens), listed(need.missing), label_of(facts.kind)
    return Sentence(
        nl=f"Nodig om {'ook ' if has_grounds else ''}te mogen {verb.nl} ({opens.nl}): "
        f"{missing.nl} ({need.ground.article}).",
        en=f"Needed to {verb.en} {'also ' if has_grounds else ''}({opens.en}): {missing.en} ({need.ground.article}).",
        article=need.ground.article,
    )


def _doubt(ground: Ground) -> Sentence:
    return _unread(ground.article)


def _unread(article: str) -> Sentence:
    return Sentence(
        nl=f"Let op: {article} is voor dit systeem nog niet nagelezen in de gepubliceerde tekst; "
        "artikel en inhoud kunnen anders zijn.",
        en=f"Note: {article} has not yet been checked for this system against its published text; "
        "article and content may differ.",
        article=article,
    )
