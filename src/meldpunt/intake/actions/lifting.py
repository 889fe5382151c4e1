"""What a report names and who received it could not know: the products that constituents use."""

from __future__ import annotations

from typing import Final

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.products import ProductList

from .. import models

_AT_ONCE: Final = 200


@deed(Permission.ATTRIBUTE)
def lift_products(actor: Actor, /) -> int:
    """Look in words that nobody looked through yet for products of the register; how many texts were looked through.

    For a job, which reads the words of every report and comes back until there are none. A name is found as it was
    registered, word for word; what is registered later is not looked for in what came before.
    """
    waiting = list(models.Words.objects.filter(awaits_lifting=True).order_by("id")[:_AT_ONCE])
    if not waiting:
        return 0
    products = ProductList(constituency_queries.list_product_names(actor))
    named = {(one.report_id, found.kind.value, found.value) for one in waiting for found in products.lift(_text(one))}
    rows = [models.Observable(report_id=report, kind=kind, value=value) for report, kind, value in sorted(named)]
    models.Observable.objects.bulk_create(rows, ignore_conflicts=True)
    models.Words.objects.filter(id__in=[one.id for one in waiting]).update(awaits_lifting=False)
    return len(waiting)


def _text(words: models.Words) -> str:
    return "\n".join((words.title, words.text, *words.answers.values()))
