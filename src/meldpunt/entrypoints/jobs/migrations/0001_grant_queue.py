"""The queue belongs to the jobs: no other door can read, add or take a job."""

from __future__ import annotations

from django.db import migrations

from meldpunt.access.policies import routines


class Migration(migrations.Migration):
    initial = True

    dependencies = [("access", "0001_create_accounts"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        routines(
            "entrypoints.jobs",
            "queue",
            undo="REVOKE ALL ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,"
            " procrastinate_workers FROM meldpunt_jobs;"
            "REVOKE ALL ON procrastinate_jobs_id_seq, procrastinate_events_id_seq,"
            " procrastinate_periodic_defers_id_seq, procrastinate_workers_id_seq FROM meldpunt_jobs;",
        ),
    ]
