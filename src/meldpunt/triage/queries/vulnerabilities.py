"""What the desk thinks of vulnerabilities, what follows from it, and who uses what is vulnerable."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.engines.vulnerability.choices import Answer
from meldpunt.engines.vulnerability.cve import CveId
from meldpunt.engines.vulnerability.cvss import Scored, read_vector
from meldpunt.engines.vulnerability.errors import VulnerabilityError
from meldpunt.engines.vulnerability.hints import hints_from
from meldpunt.engines.vulnerability.matrix import Judgement, Rating, advisory_label, judge
from meldpunt.engines.vulnerability.ssvc import TableId, decision_table
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ENDED, ReportId, State
from meldpunt.vocabulary.bilingual import Bilingual

from .. import models
from ..packing_vulnerability import unpack_exploitation
from ..rules.vulnerabilities import check_cve, named_products, product_name, read_tables
from ..rules.wording import page_number
from ..values import (
    By,
    ProductUser,
    ProductUsers,
    Rated,
    Using,
    Vulnerability,
    VulnerabilityLine,
    VulnerabilityList,
    VulnerabilityOrder,
    VulnerabilityPage,
    VulnerableReport,
)
from .exploitation import find_exploitation

PAGE: Final = 50
SHOWN_REPORTS: Final = 5
_LIST: Final = (files("meldpunt.triage") / "sql" / "vulnerabilities.sql").read_text()
_REPORTS: Final = (files("meldpunt.triage") / "sql" / "vulnerability_reports.sql").read_text()
_OPEN: Final = [state.value for state in State if state not in ENDED | {State.SET_ASIDE}]


@look(Permission.TRIAGE_READ)
def list_vulnerabilities(viewer: Actor, /, *, report: ReportId) -> tuple[tuple[CveId, Vulnerability | None], ...]:
    """The ids that somebody judged or the report names, in order, each with its latest version where it has one."""
    rows = models.Vulnerability.objects.filter(report_id=report).order_by("cve", "-version").distinct("cve")
    judged: dict[CveId, Vulnerability | None] = {CveId(row.cve): version_from(row) for row in rows if not row.is_blank}
    for one in intake_queries.list_observables(viewer, report=report):
        if one.kind == ObservableKind.CVE:
            judged.setdefault(CveId(one.value), None)
    return tuple(sorted(judged.items()))


@look(Permission.TRIAGE_READ)
def get_vulnerability(viewer: Actor, /, *, report: ReportId, cve: str) -> VulnerabilityPage:
    """One vulnerability of one report, judged or not. Raises ReportNotFound, CveUnknown."""
    asked = check_cve(cve)
    found = intake_queries.get_report(viewer, report=report)
    rows = models.Vulnerability.objects.filter(report_id=report, cve=asked).order_by("-version")
    versions = tuple(map(version_from, rows))
    latest = versions[0] if versions and not versions[0].is_blank else None
    now = find_exploitation(viewer, cve=asked)
    scored = latest.scored[0] if latest and latest.scored else None
    return VulnerabilityPage(
        report=report,
        reference=found.reference,
        cve=asked,
        latest=latest,
        history=versions[1:] if latest else versions,
        exploitation=now,
        hints=hints_from(cvss=scored, known=now.known, catalogue_day=now.kev_day),
        readings=read_tables(latest.points if latest else {}),
        label=_label(latest),
        version=versions[0].version if versions else 0,
    )


@look(Permission.TRIAGE_READ)
def list_product_users(viewer: Actor, /, *, report: ReportId, cve: str) -> Using:
    """Which constituents registered a product that the catalogue, the desk or the report names. Names stay sealed.

    Raises CveUnknown.
    """
    asked = check_cve(cve)
    known = find_exploitation(viewer, cve=asked).known
    latest = models.Vulnerability.objects.filter(report_id=report, cve=asked).order_by("-version").first()
    judged = latest.products if latest and not latest.is_blank else ()
    said = [*map(product_name, judged), *([known.product] if known else ())]
    mentioned = [one.value for one in intake_queries.list_observables(viewer, report=report) if one.kind == _PRODUCT]
    texts = [*said, *([f"{known.vendor} {known.product}"] if known else ())]
    registered = constituency_queries.list_product_names(viewer)
    tied = named_products(registered, texts=texts, candidates=said)
    named = [name for name in named_products(registered, texts=mentioned, candidates=()) if name not in tied]
    using = constituency_queries.list_users_of_products(viewer, products=tied)
    users = {organisation.id for organisation, _ in using}
    others = constituency_queries.list_users_of_products(viewer, products=named)
    elsewhere = [product for product in mentioned if not named_products([product], texts=texts, candidates=said)]
    return Using(tied=_users(said, using), named=_users(elsewhere, [one for one in others if one[0].id not in users]))


@look(Permission.TRIAGE_READ)
def list_open_vulnerabilities(
    viewer: Actor, /, *, order: VulnerabilityOrder = VulnerabilityOrder.SSVC, page: int = 1
) -> VulnerabilityList:
    """Fifty vulnerabilities of reports that somebody still works on, judged or not, each once, in two journeys."""
    number = page_number(page)
    asked = {"states": _OPEN, "order": order.value, "limit": PAGE + 1, "offset": (number - 1) * PAGE}
    with connection.cursor() as cursor:
        cursor.execute(_LIST, asked)
        rows = cursor.fetchall()
        shown = rows[:PAGE]
        cursor.execute(_REPORTS, {"cves": [row[0] for row in shown], "states": _OPEN, "most": SHOWN_REPORTS})
        counts, reports = dict[str, int](), defaultdict[str, list[VulnerableReport]](list)
        for cve, count, *report in cursor.fetchall():
            counts[cve] = count
            reports[cve].append(_report(*report))
    lines = tuple(_line(row, tuple(reports[row[0]]), counts[row[0]]) for row in shown if row[0] in counts)
    return VulnerabilityList(lines, number, len(rows) > PAGE)


def version_from(row: models.Vulnerability) -> Vulnerability:
    """One version, with what follows from its answers where the engine still knows them."""
    return Vulnerability(
        report=ReportId(row.report_id),
        cve=CveId(row.cve),
        version=row.version,
        scored=_scored(row),
        products=tuple(row.products),
        answers=row.answers,
        judgement=_judgement(row.answers),
        probability=_rated(row.computed_probability, row.probability),
        damage=_rated(row.computed_damage, row.damage),
        deviation=row.deviation,
        points=row.points,
        computed_outcome=_outcome(row.computed_outcome),
        outcome=_outcome(row.outcome),
        outcome_reason=row.outcome_reason,
        then=unpack_exploitation(CveId(row.cve), row.known_then),
        by=By(ActorId(row.by), row.by_name, row.at),
        undoes=row.undoes,
        is_blank=row.is_blank,
    )


def _users(looked_for: Iterable[str], using: Iterable[tuple[Organisation, tuple[str, ...]]]) -> ProductUsers:
    users = tuple(ProductUser(organisation, products) for organisation, products in using)
    sectors = Counter(one.organisation.sector for one in users)
    by_sector = tuple(sorted(sectors.items(), key=lambda one: (-one[1], one[0])))
    return ProductUsers(tuple(dict.fromkeys(looked_for)), users, by_sector)


def _label(latest: Vulnerability | None) -> Bilingual | None:
    if latest is None or latest.probability.rating is None or latest.damage.rating is None:
        return None
    return advisory_label(latest.probability.rating, latest.damage.rating)


_PRODUCT: Final = ObservableKind.PRODUCT.value


def _scored(row: models.Vulnerability) -> tuple[Scored, ...]:
    return tuple(map(read_vector, row.vectors))


def _judgement(answers: Mapping[str, str]) -> Judgement | None:
    try:
        return judge(answers) if answers else None
    except VulnerabilityError:
        return None


def _rated(computed: str, counts: str) -> Rated:
    return Rated(_rating(computed), _rating(counts) if counts != computed else None)


def _rating(rating: str) -> Rating | None:
    return Rating(rating) if rating else None


def _outcome(outcome: str) -> Answer | None:
    answers = decision_table(TableId.COORDINATOR).outcome.answers
    return next((one for one in answers if one.id == outcome), None)


def _line(row: tuple[Any, ...], reports: tuple[VulnerableReport, ...], count: int) -> VulnerabilityLine:
    cve, score, epss, added_on, due_on = row
    return VulnerabilityLine(CveId(cve), score, epss, added_on, due_on, reports, count)


def _report(*row: Any) -> VulnerableReport:
    report, reference, title, state, outcome, probability, damage, at = row
    return VulnerableReport(
        report=ReportId(report),
        reference=reference,
        title=title,
        state=State(state),
        outcome=_outcome(outcome or ""),
        probability=_rating(probability or ""),
        damage=_rating(damage or ""),
        judged_at=at,
    )
