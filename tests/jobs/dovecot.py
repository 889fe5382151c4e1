"""A real IMAP server, Dovecot, as an ordinary process on loopback with a folder and a configuration of its own."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.disclosure.servers import free_port
from tests.jobs.listening import certificate
from tests.programs import program

USER, PASSWORD = "meld", 'kraai"en\\nest'

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {run}
state_dir = {run}
instance_name = meldpunt
log_path = {folder}/log
ssl = yes
ssl_cert = <{pem}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain
mail_location = maildir:{folder}/maildir
first_valid_uid = 1
default_internal_user = {owner}
default_login_user = {owner}
default_internal_group = {group}
mail_privileged_group =
passdb {{
  driver = passwd-file
  args = {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service stats {{
  chroot =
}}
{more}
"""


@dataclass(frozen=True)
class Dovecot:
    """The server: where it listens, whom it is certified by, and what lies in its folders."""

    port: int
    tls_port: int
    authority: Path
    folder: Path

    @property
    def url(self) -> str:
        return f"imap://{USER}:kraai%22en%5Cnest@127.0.0.1:{self.port}/"

    @property
    def tls_url(self) -> str:
        return f"imaps://{USER}:kraai%22en%5Cnest@localhost:{self.tls_port}/"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Somebody else who reads the same mailbox."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as imap:
            imap.login(USER, PASSWORD)
            yield imap

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        with self.client() as imap:
            for raw in mails:
                assert imap.append(folder, "", "", raw)[0] == "OK"

    def flood(self, raw: bytes, count: int) -> None:
        """The same mail very often, as a mail server lays it down; they go with the next test."""
        new, owner = self.folder / "maildir" / "new", (self.folder / "maildir").stat()
        for number in range(count):
            path = new / f"1.{number}.post"
            path.write_bytes(raw)
            os.chown(path, owner.st_uid, owner.st_gid)

    def bodies(self, folder: str = "INBOX") -> list[bytes]:
        """The mails of a folder, whole."""
        with self.client() as imap:
            if imap.select(folder, readonly=True)[0] != "OK":
                return []
            found = imap.search(None, "ALL")[1][0].split()
            return [imap.fetch(one.decode(), "(BODY.PEEK[])")[1][0][1] for one in found]  # type: ignore[index, misc]


@contextmanager
def dovecot(*, more: str = "") -> Iterator[Dovecot]:
    """A server with one empty mailbox. Run by root, its login process wants somebody who may do less."""
    binary = program("dovecot")
    # A socket has a short name, and a folder of pytest has a long one.
    folder = Path(tempfile.mkdtemp(prefix="imap-"))
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    pem, key = certificate(folder)
    server = Dovecot(free_port(), free_port(), pem, folder)
    group = subprocess.run(["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True).stdout.strip()
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(
            run=folder / "run", folder=folder, pem=pem, key=key, owner=owner.pw_name, group=group, uid=owner.pw_uid,
            gid=owner.pw_gid, port=server.port, tls_port=server.tls_port, more=more,
        )
    )  # fmt: skip
    (folder / "passwords").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    folder.chmod(0o755)
    for name in ("home", "maildir"):
        (folder / name).mkdir()
        os.chown(folder / name, owner.pw_uid, owner.pw_gid)
    process = subprocess.Popen([binary, "-F", "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Dovecot, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=2):
            return
        time.sleep(0.1)
    process.terminate()
    log = server.folder / "log"
    raise AssertionError(process.communicate(timeout=10)[0].decode() + (log.read_text() if log.exists() else ""))
