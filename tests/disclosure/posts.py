"""What the tests of mail share: a water company with a key, something to tell it, and the programs that open mail."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.constituency.keys import Owned, openpgp_key
from tests.disclosure import cast
from tests.disclosure.cast import Country, draft_for, duty_officer, to, told
from tests.programs import program

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import KeyId, Reachable
from meldpunt.disclosure import actions
from meldpunt.disclosure.values import Attachment, Disclosure, DisclosureId, Origin, Unshown
from meldpunt.law import Condition, DataKind, Purpose

FROM = "csirt@meldpunt.example"
ADDRESS = "jantine@zuiderwiel.example"
SECRET = "De kluiscode van het gemaal is kraaiennest"
TITLE = "Besmette besturing bij pompgemaal Noord"
FILE = Attachment("kraaiennest.txt", "text/plain", b"kraaiennest in een bestand\n", DataKind.ADVICE)


def contact_of(country: Country) -> Reachable:
    (found,) = constituency_queries.list_reachable(duty_officer(), organisation=country.water)
    return found


def bring(country: Country, owned: Owned, *, verify: bool = True, lent: str = "") -> KeyId:
    """A key for the one contact of the water company, verified as the desk does."""
    officer = duty_officer()
    key = constituency_actions.bring_key(officer, contact=contact_of(country).contact, raw=owned.public, lent=lent)
    if verify:
        fingerprint = next(one.fingerprint for one in contact_of(country).keys if one.id == key)
        constituency_actions.verify_key(officer, key=key, fingerprint=fingerprint, how="teruggebeld")
    return key


def gpg_key(home: Path, address: str = ADDRESS) -> Owned:
    """A key as GnuPG makes it, which stays in its folder."""
    made = gpg(home, "--quick-gen-key", f"Jantine Verhoog <{address}>", "future-default", "default", "1y")
    assert made.returncode == 0, made.stderr.decode()
    return Owned(gpg(home, "--export", address).stdout, b"")


def with_key(country: Country, *, lasts: timedelta = timedelta(days=300)) -> Owned:
    owned = openpgp_key(ADDRESS, lasts=lasts)
    bring(country, owned)
    return owned


def tell(
    country: Country,
    *,
    title: str = TITLE,
    text: str = SECRET,
    files: Sequence[Attachment] = (),
    origins: tuple[Origin, ...] = (),
) -> Disclosure:
    """Written advice to the water company, told at once."""
    draft = draft_for(
        to(country.water),
        told(DataKind.ADVICE, text),
        purpose=Purpose.ADVISE,
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        title=title,
        attachments=tuple(files),
        origins=origins,
    )
    found = actions.disclose(cast.analyst(), draft=draft, reason="Dit moet men weten.", seen=Unshown.IN_A_PROGRAM)
    assert found.state.value == "delivered", found.verdict.explanation
    return found


def send_all() -> int:
    """Everything that is due, as the job does it."""
    taken = 0
    while (envelope := actions.claim_envelope(JOB)) is not None:
        taken += actions.send_envelope(JOB, envelope=envelope)
    return taken


def deliveries(disclosure: DisclosureId) -> dict[str, str]:
    """The state of each delivery by its channel, as a duty officer sees it."""
    from meldpunt.disclosure import queries

    found = queries.get_disclosure(duty_officer(), disclosure=disclosure)
    return {line.channel.value: line.state.value for line in found.deliveries}


def gpg(home: Path, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    home.mkdir(mode=0o700, exist_ok=True)
    command = [program("gpg"), "--homedir", str(home), "--batch", "--yes", "--pinentry-mode", "loopback"]
    return subprocess.run(
        [*command, "--passphrase", "", *arguments], input=said, capture_output=True, check=False, timeout=60
    )
