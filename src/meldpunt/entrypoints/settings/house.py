"""What holds wherever Meldpunt runs. Everything that differs per machine comes from the environment.

`MELDPUNT_DATABASE_URL`  the connection of this process (its own door role; the demo and the tests use `meldpunt_app`)
`MELDPUNT_DOOR`          the one door this process is (desk, portal, public, sensor); empty: all of them, by path
`MELDPUNT_DATA`          a folder of its own; the keys in it are readable by their owner only
`MELDPUNT_SECRET_KEY`    Django's; without it one is made in the data folder
`MELDPUNT_HOSTS`         the names under which it is reached, with commas between them
`MELDPUNT_PROXIES`       the addresses or networks of the proxies before it, with commas between them; it believes what
                         these say of who asks and of TLS, and nobody else
`MELDPUNT_LIMITS`        how much one sender may do in a while, over what stands below: `network=30/600` is thirty in
                         ten minutes, `network=0/1` any number. `network`: forms sent without an account from one
                         network (/24, /64); `draft`: what such forms save on the way; `part`: parts of files;
                         `account`; `key`: requests of a machine; `mail`: mails handed over from one address of an
                         envelope
`MELDPUNT_CERTIFICATE_PEERS`  who says with which certificate a machine came (Client-Cert, RFC 9440): the loopback
                         address of the proxy that ends TLS, or `unix` for a socket, with commas between; nobody else
`MELDPUNT_LAW`           the folder with the law in force, where that is not the law of the Netherlands
`MELDPUNT_LEDGER_ORIGIN` the name of the ledger on its signed checkpoints
`MELDPUNT_CSIRT`         the name of the CSIRT on what leaves for machines
`MELDPUNT_CSIRT_NAME`, `MELDPUNT_CSIRT_PHONE`, `MELDPUNT_CSIRT_MAIL`, `MELDPUNT_CSIRT_ADDRESS`  how people reach it, on
                         the public site; to the address, in one line, letters and objections are sent
`MELDPUNT_DATA_PROTECTION_MAIL`  the address of its data protection officer (GDPR article 13), where it is another
`MELDPUNT_SITE`          where the public site is (https://…), in the mail that says that a report came in
`MELDPUNT_AUTHORITY`     the body on whose behalf it decides, and that answers for the data it keeps, where not itself
`MELDPUNT_ISAC_ROUNDS`   at what times of the day unattributed posts in ISACs go, with commas between them (07:00,17:00)
`MELDPUNT_ISAC_AUTHORS`  of how many organisations a round must tell a table something, or it waits for the next (2)
`MELDPUNT_MACHINE_KEY_DAYS`  for how long the key of a machine holds from the day it is made (400, a choice)
`MELDPUNT_EVIDENCE_KEYS` what wraps the keys of evidence, and then what wrapped them before, with spaces between:
                         `file` (evidence.key), or the transit engine of OpenBao or Vault
                         (https://host/mount/key?token=FILE&ca=FILE)
`MELDPUNT_DRAFTS_LIMIT`, `MELDPUNT_DRAFTS_LIMIT_IN_ALL`  how many reports that somebody still writes are kept at most:
                         begun on one day from one network or by one account (100), and together (50,000)
`MELDPUNT_UPLOAD_LIMIT`, `MELDPUNT_UPLOADS_LIMIT`, `MELDPUNT_UPLOADS_LIMIT_IN_ALL`  how many bytes come in part by part
                         at most: in one file (1 GiB), with one report (4 GiB), and of all that nobody sent yet (20 GiB)
`MELDPUNT_CLAMD`         where a virus scanner listens (unix:/path or tcp://host:port); without one nothing is scanned
`MELDPUNT_RDAP_BOOTSTRAP`  the folder with dns.json, ipv4.json and ipv6.json of IANA (RFC 9224), by which it knows what
                         registry to ask about an address or a domain (docs/registries.md); without it none is asked
`MELDPUNT_RDAP_CA`       a file with the authorities to believe of a registry, where not those of the machine
`MELDPUNT_RETENTION`     the file with the terms for which evidence is kept, instead of evidence/data/retention.toml
`MELDPUNT_NCISS_THRESHOLDS`  the file with the scores at which the levels of NCISS begin, with who decided so and why,
                         instead of those of vocabulary/data/nciss.toml
`MELDPUNT_MOST_ANSWERS_AN_HOUR`  how many who reported by mail are answered by mail in an hour, all together (300)
`MELDPUNT_ALARM_ADDRESS`  whom alarms are mailed to, without a word of any report (docs/mail.md)
`MELDPUNT_QUEUE_HOURS`   after how many hours a report that nobody looked at is an alarm (4)
`MELDPUNT_REMINDER_HOURS`  how many hours before a statutory deadline whoever reported is reminded (24,4)
`MELDPUNT_SECURITY_TXT_DAYS`  for how long security.txt holds from today (RFC 9116 advises less than a year)
"""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import tomllib
from datetime import time
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from meldpunt.access.rules.limiting import Limit, read_limits
from meldpunt.entrypoints.settings import logs
from meldpunt.law import IN_FORCE
from meldpunt.vocabulary.nciss import read_thresholds

PACKAGE = Path(__file__).resolve().parents[2]
CHECKOUT = PACKAGE.parents[1]
DATA = Path(os.environ.get("MELDPUNT_DATA", CHECKOUT / ".meldpunt"))


def database_from(url: str) -> dict[str, object]:
    """The connection settings in a postgresql:// URL; `?host=` names a socket folder."""
    parts = urlsplit(url)
    query = {key: value[0] for key, value in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(query.get("port", parts.port or "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def kept_secret(name: str) -> str:
    """A secret of this installation: made once, readable by its owner only."""
    path = DATA / name
    if not path.exists():
        # Open for passing through: where root starts PostgreSQL, it runs as another account in this folder.
        DATA.mkdir(mode=0o711, parents=True, exist_ok=True)
        # Written aside and linked whole: of doors that start together the first makes it, and none reads half of it.
        descriptor, aside = tempfile.mkstemp(prefix=f"{name}-", dir=DATA)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
        Path(aside).unlink()
    return path.read_text()


DOOR = os.environ.get("MELDPUNT_DOOR", "")
DEMO = False
DEMO_PEOPLE = ""
DEBUG = False
SECRET_KEY = os.environ.get("MELDPUNT_SECRET_KEY") or kept_secret("secret-key")
ALLOWED_HOSTS = os.environ.get("MELDPUNT_HOSTS", "localhost,127.0.0.1").split(",")
# Attempts to log in are counted per address. A header believed of anybody would give each a fresh count; believed of
# nobody behind a proxy, one attacker would use up the count of all. What is no address stops the door.
PROXIES = [str(ip_network(one.strip())) for one in os.environ.get("MELDPUNT_PROXIES", "").split(",") if one.strip()]
_LIMITS = {
    "network": (30, 600),
    "draft": (600, 600),
    "part": (6000, 600),
    "account": (120, 600),
    "key": (1200, 60),
    "mail": (60, 600),
}
LIMITS = read_limits(
    os.environ.get("MELDPUNT_LIMITS", ""), known={name: Limit(name, *usual) for name, usual in _LIMITS.items()}
)
# Whoever may write this header is any machine they like, so no address of a network is taken.
CERTIFICATE_PEERS = [one.strip() for one in os.environ.get("MELDPUNT_CERTIFICATE_PEERS", "").split(",") if one.strip()]
for _peer in CERTIFICATE_PEERS:
    if _peer != "unix" and not ip_address(_peer).is_loopback:
        raise ValueError(f"MELDPUNT_CERTIFICATE_PEERS: {_peer} is not on this machine")
DATABASES = {"default": database_from(os.environ.get("MELDPUNT_DATABASE_URL", "postgresql:///meldpunt"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES: dict[str, str] = {}

LOGGING = logs.LOGGING

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "meldpunt.entrypoints.web",
    "csp",
    "procrastinate.contrib.django",
    "meldpunt.access",
    "meldpunt.ledger",
    "meldpunt.evidence",
    "meldpunt.constituency",
    "meldpunt.services",
    "meldpunt.disclosure",
    "meldpunt.alarms",
    "meldpunt.intake",
    "meldpunt.triage",
    "meldpunt.cases",
    "meldpunt.response",
    "meldpunt.advice",
    "meldpunt.campaigns",
    "meldpunt.detection",
    "meldpunt.openness",
    "meldpunt.isacs",
    "meldpunt.inquiries",
    "meldpunt.statistics",
    "meldpunt.entrypoints.desk",
    "meldpunt.entrypoints.portal",
    "meldpunt.entrypoints.public_site",
    "meldpunt.entrypoints.api",
    "meldpunt.entrypoints.jobs",
]
AUTH_USER_MODEL = "access.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
# Terms are counted and instants are shown where the law is in force.
TIME_ZONE = IN_FORCE.zone.key
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "meldpunt.entrypoints.web.limits.LimitMiddleware",
    "meldpunt.entrypoints.web.doors.DoorMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "meldpunt.entrypoints.web.gate.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "meldpunt.entrypoints.web.errors.ErrorMiddleware",
]
ROOT_URLCONF = "meldpunt.entrypoints.public_site.urls"
WSGI_APPLICATION = "meldpunt.entrypoints.web.wsgi.application"
RECEIPT_SECONDS = 8 * 60 * 60
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_FAILURE_VIEW = "meldpunt.entrypoints.web.errors.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EVIDENCE_SCANNER = os.environ.get("MELDPUNT_CLAMD", "")
RDAP_BOOTSTRAP = os.environ.get("MELDPUNT_RDAP_BOOTSTRAP", "")
RDAP_AUTHORITIES = os.environ.get("MELDPUNT_RDAP_CA", "")
MACHINE_KEY_DAYS = int(os.environ.get("MELDPUNT_MACHINE_KEY_DAYS", "400"))
EVIDENCE_KEYS = os.environ.get("MELDPUNT_EVIDENCE_KEYS", "file").split()
EVIDENCE_LIMIT = 25 * 1024 * 1024
DRAFTS_LIMIT = int(os.environ.get("MELDPUNT_DRAFTS_LIMIT", "100"))
DRAFTS_LIMIT_IN_ALL = int(os.environ.get("MELDPUNT_DRAFTS_LIMIT_IN_ALL", "50000"))
_GIB = 1024**3
UPLOAD_LIMIT = int(os.environ.get("MELDPUNT_UPLOAD_LIMIT", _GIB))
UPLOADS_LIMIT = int(os.environ.get("MELDPUNT_UPLOADS_LIMIT", 4 * _GIB))
UPLOADS_LIMIT_IN_ALL = int(os.environ.get("MELDPUNT_UPLOADS_LIMIT_IN_ALL", 20 * _GIB))
# As data and not as a path: a term that changed is in the ledger as a change of configuration.
EVIDENCE_RETENTION = tomllib.loads(
    Path(os.environ.get("MELDPUNT_RETENTION") or PACKAGE / "evidence" / "data" / "retention.toml").read_text()
)
# Read here, so that a house with thresholds that cannot be does not open.
NCISS_THRESHOLDS = ""
if os.environ.get("MELDPUNT_NCISS_THRESHOLDS"):
    NCISS_THRESHOLDS = Path(os.environ["MELDPUNT_NCISS_THRESHOLDS"]).read_text()
    read_thresholds(NCISS_THRESHOLDS)
MELDPUNT_CSIRT = os.environ.get("MELDPUNT_CSIRT", "Meldpunt")
# What an installation says of itself; those in MUST_BE_SAID it says before a door opens, so that nobody in need calls
# the invented number of the demo, and no ledger is signed in a name that is not its own.
MUST_BE_SAID: tuple[str, ...] = ("MELDPUNT_CSIRT_PHONE", "MELDPUNT_CSIRT_MAIL", "MELDPUNT_LEDGER_ORIGIN")
CSIRT_CONTACT = {
    "name": os.environ.get("MELDPUNT_CSIRT_NAME", MELDPUNT_CSIRT),
    "phone": os.environ.get("MELDPUNT_CSIRT_PHONE", "+31 88 000 0000"),
    "mail": os.environ.get("MELDPUNT_CSIRT_MAIL", "meld@meldpunt.example"),
    "address": os.environ.get("MELDPUNT_CSIRT_ADDRESS", ""),
    "data_protection": os.environ.get("MELDPUNT_DATA_PROTECTION_MAIL", ""),
}
SITE = os.environ.get("MELDPUNT_SITE", "")
AUTHORITY = os.environ.get("MELDPUNT_AUTHORITY", "")
# Unattributed posts in ISACs go in rounds, so that the hour of writing tells nobody who wrote.
ISAC_ROUNDS = [time.fromisoformat(one) for one in os.environ.get("MELDPUNT_ISAC_ROUNDS", "07:00,17:00").split(",")]
ISAC_FEWEST_AUTHORS = int(os.environ.get("MELDPUNT_ISAC_AUTHORS", "2"))
SECURITY_TXT_DAYS = int(os.environ.get("MELDPUNT_SECURITY_TXT_DAYS", "180"))
# What sending mail takes (docs/mail.md). Half of it is refused; none of it means that no mail goes.
MAIL = {
    "url": os.environ.get("MELDPUNT_SMTP_URL", ""),
    "authorities": os.environ.get("MELDPUNT_SMTP_CA", ""),
    "sender": os.environ.get("MELDPUNT_MAIL_FROM", ""),
    "bounce_domain": os.environ.get("MELDPUNT_BOUNCE_DOMAIN", ""),
    "openpgp_key": os.environ.get("MELDPUNT_MAIL_OPENPGP_KEY", ""),
    "smime_key": os.environ.get("MELDPUNT_MAIL_SMIME_KEY", ""),
    "smime_certificate": os.environ.get("MELDPUNT_MAIL_SMIME_CERTIFICATE", ""),
}
# Mail that comes in (docs/mail.md): for which addresses, and which mailbox we empty.
MAIL_ADDRESSES = [
    one.strip().lower()
    for one in (os.environ.get("MELDPUNT_MAIL_ADDRESSES") or str(CSIRT_CONTACT["mail"])).split(",")
    if one.strip()
]
# How our own mail server calls itself where it writes what it found about a sender (authserv-id, RFC 8601, 2.2).
MAIL_SERVERS = [one.strip().lower() for one in os.environ.get("MELDPUNT_MAIL_SERVERS", "").split(",") if one.strip()]
# A folder with the secret keys by which mail that was encrypted to us is opened; none of them has a password.
MAIL_KEYS = os.environ.get("MELDPUNT_MAIL_KEYS", "")
# To whom alarms go by mail, without a word of any report; after how many hours a report nobody looked at is one.
ALARM_ADDRESS = os.environ.get("MELDPUNT_ALARM_ADDRESS", "")
QUEUE_HOURS = int(os.environ.get("MELDPUNT_QUEUE_HOURS") or 4)
# How many hours before a statutory deadline whoever reported is reminded; once more when it passed.
REMINDER_HOURS = [int(one) for one in (os.environ.get("MELDPUNT_REMINDER_HOURS") or "24,4").split(",")]
# Acknowledgements by mail within an hour, over all senders: whoever forges them makes us write to strangers.
MOST_ANSWERS_AN_HOUR = int(os.environ.get("MELDPUNT_MOST_ANSWERS_AN_HOUR") or 300)
MAILBOX = {
    "url": os.environ.get("MELDPUNT_IMAP_URL", ""),
    "received": os.environ.get("MELDPUNT_IMAP_RECEIVED", "Received"),
    "authorities": os.environ.get("MELDPUNT_IMAP_CA", ""),
}
LEDGER_ORIGIN = os.environ.get("MELDPUNT_LEDGER_ORIGIN", "meldpunt.example/ledger")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "entrypoints" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "meldpunt.entrypoints.web.page.page",
            ]
        },
    }
]
FORM_RENDERER = "meldpunt.entrypoints.web.widgets.DrawnFields"
STATICFILES_DIRS = [
    ("nl-design-system", CHECKOUT / "node_modules/@utrecht/component-library-css/dist"),
    ("voorbeeld", CHECKOUT / "node_modules/@nl-design-system-unstable/voorbeeld-design-tokens/dist"),
]
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Secure cookies and HSTS hold everywhere but on the loopback address of the demo and the tests.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "meldpunt_language"
SECURE_SSL_REDIRECT = True
# Not of the API: what a machine sent in the clear it would send so again, so it hears what is wrong instead.
SECURE_REDIRECT_EXEMPT = [r"^(api/)?v1(/|$)"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# To be preloaded binds a whole domain, for years: for its owner to ask, not for one service on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
