"""Beside step 6: at the table of drinking water one tells by name, one unattributed, and one answers."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from meldpunt.access.values import JOB, Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.isacs import actions as isac_actions
from meldpunt.isacs import queries as isac_queries
from meldpunt.isacs.rules.rounds import next_round, urgent_hour
from meldpunt.isacs.values import Post, PostForm, SentFile
from meldpunt.isacs.words import PostKind
from meldpunt.vocabulary.markings import PAP, TLP

from ..world import World

_LOG = b"moment;adres\r\n02:14;203.0.113.200\r\n02:15;203.0.113.201 krakeendlijst\r\n"


def play(world: World) -> None:
    """The round goes at its own hour; the story does not wait for it."""
    isac = world.cast.isacs["drinking-water"]
    named = PostForm(
        isac=isac,
        kind=PostKind.POST,
        title="Nachtreigers op de pompbesturing",
        text="Sinds het weekeinde zien wij aanmeldingen op de besturing van pompen, steeds tussen twee en drie uur.",
        indicators="203[.]0[.]113[.]200",
        tlp=TLP.AMBER,
        pap=PAP.AMBER,
    )
    post = tell(world, world.actor("water-security"), named)
    reply = PostForm(
        isac=isac,
        kind=PostKind.REPLY,
        text="Bij ons zat een aalscholver op dezelfde poort. De toegang op afstand staat nu uit.",
        tlp=TLP.AMBER,
        pap=PAP.AMBER,
        thread=post.thread,
    )
    tell(world, world.actor("well-security"), reply)
    unattributed = PostForm(
        isac=isac,
        kind=PostKind.POST,
        title="Vreemde pakketjes in de gemaalkast",
        text="Wij vonden een modem dat niemand besteld had. Kijk in uw kasten. Leidingwater Elzenvoort ziet er een.",
        tlp=TLP.AMBER,
        pap=PAP.AMBER,
        chatham_house=True,
        is_unattributed=True,
    )
    alone = tell(world, world.actor("pipe-security"), unattributed, SentFile("elzenvoort-logboek.csv", _LOG))
    isac_actions.hurry_post(world.actor("duty-officer"), post=alone.id, reason="Anderen moeten nu kijken.")
    isac_actions.release_posts(JOB, now=urgent_hour(timezone.localtime()))
    reader = world.actor("well-security")
    for line in isac_queries.list_threads(reader, isac=isac):
        said = isac_queries.get_thread(reader, thread=line.thread)
        disclosure_actions.open_disclosures(reader, disclosures=[one.told.id for one in said])
    world.tell("  at the table of drinking water one told by name, one unattributed, and one answered")


def tell(world: World, actor: Actor, form: PostForm, *files: SentFile) -> Post:
    """Written, seen, sent, and told by the platform as of the next round."""
    post = isac_actions.write_post(actor, form=form, files=files)
    isac_queries.preview_post(actor, post=post)
    isac_actions.send_post(actor, post=post, seen=isac_queries.preview_post(actor, post=post).sight)
    isac_actions.release_posts(JOB, now=next_round(timezone.localtime(), settings.ISAC_ROUNDS))
    return isac_queries.get_own_post(actor, post=post)
