"""9. The company sees every disclosure made from its report, and checks each against the ledger without us."""

from __future__ import annotations

from tests.stories.week.week import Week

FOR_THE_REPORTER = ("Confirmation of receipt", "Consultation", "Advice", "Letter to the ministry", "Indicators")


def play(week: Week) -> None:
    """The trace is whole; its proofs verify offline, and with one byte changed they do not."""
    lotte = week.walker("water-security")
    lotte.go(week.found["report"])
    lotte.reads("Whom we told what", *FOR_THE_REPORTER)
    lotte.reads("Politie, Team High Tech Crime", "Ministerie van Infrastructuur en Waterstaat")
    told = lotte.page.get_by_role("region", name="Disclosures made from this report").locator("tbody tr").count()
    week.jobs()
    proofs = lotte.download(lotte.page.get_by_role("link", name="Download the proofs"))
    assert proofs.count(b'"entry"') >= told or proofs.count(b"\n") > told
    _verify(week, "proofs.jsonl", proofs, shows=b"Everything fits")
    exported = week.house.run("ledger", "export", "-")
    assert exported.returncode == 0, exported.stderr
    _verify(week, "ledger.jsonl", exported.stdout, shows=b"Everything fits")


def _verify(week: Week, name: str, data: bytes, *, shows: bytes) -> None:
    """Fits as it is; not with one byte changed, in the middle or near either end."""
    file = week.house.folder / name
    file.write_bytes(data)
    sound = week.house.run("ledger", "verify", str(file))
    assert sound.returncode == 0, sound.stdout
    assert shows in sound.stdout
    for place in (len(data) // 7, len(data) // 2, len(data) - 5):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        changed = week.house.run("ledger", "verify", str(file))
        assert changed.returncode != 0, f"byte {place} of {name} was changed and nobody saw it"
