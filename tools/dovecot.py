"""An IMAP server (Debian's dovecot) to be thrown away: own folder, free port on the loopback address, gone at the end.

Every account that signs in has a mailbox of its own, empty at first.
"""

import contextlib
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.audit.instance import HOST, free_port
from tools.console import SetupError

PASSWORD = "geheim"  # noqa: S105 -- of a server that lives for a test on the loopback address
_STARTED_WITHIN = 10  # seconds

_CONFIGURATION = """
protocols = imap
listen = {host}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = {service_user}
default_internal_group = {service_group}
default_login_user = {login_user}
first_valid_uid = 0
mail_location = maildir:{folder}/mail/%u
imap_capability = {capability}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
}}
"""


@dataclass(frozen=True)
class MailServer:
    port: int
    folder: Path

    def url(self, account: str) -> str:
        return f"imap://{account}:{PASSWORD}@{HOST}:{self.port}/INBOX"


def reason_not_to_run() -> str | None:
    """Return in German why no server can be started here, or None."""
    if not shutil.which("dovecot"):
        return "dovecot ist nicht installiert (auf Debian als root: apt-get install dovecot-imapd)"
    return None


@contextlib.contextmanager
def server(*, capability: str = "", prefix: str = "") -> Iterator[MailServer]:
    """Yield a server. `capability` replaces what it says it can; `prefix` begins its folders."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)  # processes with fewer rights look into it
    found = MailServer(free_port(), folder)
    configuration = folder / "dovecot.conf"
    configuration.write_text(_configuration(found, capability, prefix), encoding="utf-8")
    process = subprocess.Popen(
        [shutil.which("dovecot"), "-F", "-c", str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(found.port, process)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _configuration(found: MailServer, capability: str, prefix: str) -> str:
    # As root, dovecot insists on accounts without rights; Debian's package made them.
    own = pwd.getpwuid(os.geteuid())
    is_root = own.pw_uid == 0
    owner = pwd.getpwnam("nobody") if is_root else own
    mail = found.folder / "mail"
    mail.mkdir()
    os.chown(mail, owner.pw_uid, owner.pw_gid)
    return _CONFIGURATION.format(
        host=HOST,
        port=found.port,
        folder=found.folder,
        service_user="dovecot" if is_root else own.pw_name,
        service_group="dovecot" if is_root else grp.getgrgid(own.pw_gid).gr_name,
        login_user="dovenull" if is_root else own.pw_name,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        password=PASSWORD,
        capability=capability,
        prefix=prefix,
        separator="." if prefix else "/",
    )


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + _STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.05)
    process.kill()
    raise SetupError("Der Mailserver (dovecot) ist nicht gestartet.")
