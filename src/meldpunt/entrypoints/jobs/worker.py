"""The worker: takes jobs from the queue, under the database role of the jobs and no other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as app_of_django
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from psycopg import AsyncConnection

from meldpunt.access.values import JOB
from meldpunt.ledger import actions as ledger_actions

from . import schedule

ROLE: Final = "meldpunt_jobs"
DELETE: Final = "successful"
"""Jobs that did their work leave nothing behind: what they did is in the ledger."""


def work() -> None:
    """Take jobs as they come, and queue the periodic ones when they are due, until SIGTERM or SIGINT.

    A job that runs then is finished first.
    """
    _say_what_holds()
    asyncio.run(_work())


def work_once() -> tuple[str, ...]:
    """Queue every periodic job now, run all that is in the queue, and end; the names of those that failed."""
    _say_what_holds()
    return asyncio.run(_work_once())


def _say_what_holds() -> None:
    # Here and not where migrations run: what holds is what runs, and the worker starts anew with every release, every
    # restart and every changed setting, as a role that may write in the ledger.
    ledger_actions.record_configuration(JOB)


async def _work() -> None:
    async with _entered() as app:
        await app.run_worker_async(delete_jobs=DELETE)


async def _work_once() -> tuple[str, ...]:
    async with _entered() as app:
        before = {job.id for job in await app.job_manager.list_jobs_async(status="failed")}
        now = int(time.time())
        for periodic in app.periodic_registry.periodic_tasks.values():
            # One that waits in the queue already is as good.
            with suppress(AlreadyEnqueued):
                await periodic.task.defer_async(timestamp=now)
        await app.run_worker_async(wait=False, listen_notify=False, delete_jobs=DELETE)
        failed = await app.job_manager.list_jobs_async(status="failed")
        return tuple(job.task_name for job in failed if job.id not in before)


@asynccontextmanager
async def _entered() -> AsyncIterator[App]:
    """The app on connections of its own, each of which became the role of the jobs before anything else."""
    connector = PsycopgConnector(kwargs=connector_params(), configure=_become_jobs, min_size=1, max_size=4)
    with app_of_django.replace_connector(connector) as app:
        async with app.open_async():
            await schedule.drop_lost_jobs(timestamp=0)
            yield app


async def _become_jobs(connection: AsyncConnection[object]) -> None:
    # The demo connects as an application that owns nothing and may become each door; without this it has no queue.
    await connection.execute(f"SET ROLE {ROLE}")
    await connection.commit()
