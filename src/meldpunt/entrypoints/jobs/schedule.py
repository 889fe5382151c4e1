"""What the platform does by itself, and how often. Each task is one call into a room, as `JOB`.

A task gets the instant it was due. Two workers never run the same task at once, and one that waits is not queued a
second time: all of them look for whatever is there to do, so a run that was missed is made up for by the next.

The name of this module is not `tasks`, which procrastinate would import in every process of every door.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from meldpunt.access import actions as access_actions
from meldpunt.access.values import JOB
from meldpunt.alarms.values import Process
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.evidence import actions as evidence_actions
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.isacs import actions as isac_actions
from meldpunt.ledger import actions as ledger_actions
from meldpunt.services import actions as service_actions
from meldpunt.statistics import actions as statistics_actions
from meldpunt.statistics import queries as statistics_queries
from meldpunt.statistics.periods import quarter_before
from meldpunt.statistics.values import FigureRules
from meldpunt.triage import actions as triage_actions

from .mailroom.fetching import fetch
from .watching import watch

R = TypeVar("R")

OLD_JOB_HOURS: Final = 24 * 14
"""Failed jobs are kept for two weeks; the others are removed as soon as they succeed."""

# The check against every contributor takes minutes, which a page has not and the night has.
_RULES_OF_THE_NIGHT: Final = FigureRules(insiders=True)


def _every(cron: str) -> Callable[[Callable[[int], R]], Callable[[int], R]]:
    """Register a task under the name of its function; six fields of `cron` begin at the minute and end in seconds."""

    def register(work: Callable[[int], R]) -> Callable[[int], R]:
        name = work.__name__
        task = app.task(name=name, queueing_lock=name, lock=name)(work)
        app.periodic(cron=cron)(task)
        return work

    return register


@_every("* * * * * */20")
def attribute_reports(timestamp: int) -> int:
    """Whose are the reports and feed rows that nobody looked at yet?"""
    return intake_actions.attribute_reports(JOB)


@_every("* * * * * */20")
def gather_waves(timestamp: int) -> int:
    """What looks like one wave stands on one line of the queue."""
    return triage_actions.gather_waves(JOB)


@_every("* * * * * */20")
def lift_products(timestamp: int) -> int:
    """Which products of constituents do new reports name? A part at a time, each in a transaction of its own."""
    taken = 0
    while found := intake_actions.lift_products(JOB):
        taken += found
    return taken


@_every("* * * * * */20")
def read_namings(timestamp: int) -> int:
    """Whom do organisations mean by the names of those their services lean on?"""
    taken = 0
    while found := service_actions.read_namings(JOB):
        taken += found
    return taken


@_every("* * * * * */20")
def acknowledge_reports(timestamp: int) -> int:
    """Answer whoever reported and waits for an acknowledgement."""
    return intake_actions.acknowledge_reports(JOB)


@_every("* * * * * */20")
def send_mail(timestamp: int) -> int:
    """Hand the mail that is due to the server, one by one, each in a transaction of its own."""
    taken = 0
    while (envelope := disclosure_actions.claim_envelope(JOB)) is not None:
        taken += disclosure_actions.send_envelope(JOB, envelope=envelope)
    return taken


@_every("* * * * * */20")
def write_to_reporters(timestamp: int) -> int:
    """Write to those who reported and left an address, one by one, each in a transaction of its own."""
    taken = 0
    while (letter := disclosure_actions.claim_letter(JOB)) is not None:
        taken += intake_actions.send_letter(JOB, letter=letter)
    return taken


@_every("* * * * *")
def watch_the_house(timestamp: int) -> int:
    """Say that the worker runs, and raise what somebody has to see to."""
    return watch(Process.WORKER)


@_every("* * * * *")
def fetch_mail(timestamp: int) -> int:
    """Empty the mailbox that people report to, where the settings name one."""
    return fetch().received


@_every("* * * * *")
def release_posts(timestamp: int) -> int:
    """At the tables of ISACs: first who sits there, then what they are told."""
    isac_actions.carry_out_motions(JOB)
    return isac_actions.release_posts(JOB)


@_every("* * * * *")
def sequence_ledger(timestamp: int) -> int:
    """Give a place to entries whose writer died between its commit and the next step."""
    return ledger_actions.sequence(JOB)


@_every("* * * * *")
def free_the_turn(timestamp: int) -> int:
    """End whoever keeps others from adding to the ledger."""
    return ledger_actions.free_turn(JOB)


@_every("*/5 * * * *")
def sign_checkpoint(timestamp: int) -> int:
    """Sign the ledger as it stands, so that yesterday's proofs can be checked tomorrow."""
    return ledger_actions.sign_checkpoint(JOB).size


@_every("*/5 * * * *")
def remind_of_deadlines(timestamp: int) -> int:
    """Remind whoever reported of what the law still asks, before and after each deadline."""
    return intake_actions.remind_of_deadlines(JOB)


@_every("*/10 * * * *")
def remind_bodies(timestamp: int) -> int:
    """Remind whoever owes us an answer: before the term, when it is over, and weekly after."""
    return inquiry_actions.remind_bodies(JOB)


@_every("*/10 * * * *")
def remind_parties(timestamp: int) -> int:
    """Remind each party that did not answer by the time we asked, once."""
    return triage_actions.remind_parties(JOB)


@_every("7 * * * *")
def shred_evidence(timestamp: int) -> int:
    """Destroy what its rule leaves to this job, when the term is over and nobody holds it."""
    return evidence_actions.shred_due(JOB)


@_every("17 * * * *")
def expire_sessions(timestamp: int) -> int:
    """Remove log-ins that ended by themselves, the guesses of yesterday, and answers that are given again no more."""
    return access_actions.remove_ended_sessions(JOB) + access_actions.forget_answers(JOB)


@_every("3-59/5 * * * *")
def shred_drafts(timestamp: int) -> int:
    """Take away what somebody began to report and never sent, what an analyst typed and left for two weeks, who was at
    a report and is no more, and what somebody read half a year ago."""
    return intake_actions.shred_drafts(JOB) + triage_actions.remove_expired(JOB)


@_every("0 3 * * *")
def compile_quarter(timestamp: int) -> str | None:
    """Once after each quarter: count it, make it safe, and leave it to a statistician to publish."""
    first_day, last_day = quarter_before(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
    if statistics_queries.find_overview(JOB, first_day=first_day, last_day=last_day):
        return None
    return str(
        statistics_actions.compile_overview(JOB, first_day=first_day, last_day=last_day, rules=_RULES_OF_THE_NIGHT)
    )


@app.periodic(cron="43 2 * * *")
@app.task(name="forget_old_jobs", queueing_lock="forget_old_jobs", lock="forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    """Remove jobs that failed long ago."""
    await app.job_manager.delete_old_jobs(nb_hours=OLD_JOB_HOURS, include_failed=True, include_aborted=True)


@app.periodic(cron="* * * * *")
@app.task(name="drop_lost_jobs", queueing_lock="drop_lost_jobs")
async def drop_lost_jobs(timestamp: int) -> None:
    """Remove jobs whose worker was killed: their lock would keep the same task from ever running again.

    Nothing is lost by it, since the next run looks for the same work. This task holds no lock of its own.
    """
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)
