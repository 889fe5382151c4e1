"""Row policies for the tables of the libraries that hold sessions and second factors."""

from __future__ import annotations

from django.db import migrations

from meldpunt.access.policies import policies, routines


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_create_accounts"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        routines("entrypoints.web", "cache", undo="DROP TABLE web_cache"),
        *policies("entrypoints.web", "django_session", "account_emailaddress", "mfa_authenticator", "web_cache"),
        migrations.RunSQL(
            "GRANT SELECT ON django_content_type TO meldpunt_desk, meldpunt_portal",
            "REVOKE ALL ON django_content_type FROM meldpunt_desk, meldpunt_portal",
        ),
    ]
