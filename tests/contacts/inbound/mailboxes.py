"""A mailbox at a real IMAP server, filled and looked at by the test itself."""

import contextlib
from collections.abc import Iterator
from email.message import EmailMessage

from imapclient import IMAPClient

from tools.audit.instance import HOST
from tools.dovecot import PASSWORD, MailServer


class Account:
    """`prefix` is what names of folders begin with at this server."""

    def __init__(self, server: MailServer, name: str, prefix: str = ""):
        self.server, self.name, self.prefix = server, name, prefix

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    @contextlib.contextmanager
    def session(self) -> Iterator[IMAPClient]:
        client = IMAPClient(HOST, self.server.port, ssl=False, timeout=10)
        client.login(self.name, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, mail: EmailMessage | bytes, folder: str = "INBOX", at=None, flags=()) -> None:
        with self.session() as client:
            client.append(folder, mail if isinstance(mail, bytes) else mail.as_bytes(), flags, at)

    def folders(self) -> dict[str, list[str]]:
        """Return the subjects of the mails in each folder."""
        with self.session() as client:
            return {name: self._subjects(client, name) for _flags, _separator, name in client.list_folders()}

    def _subjects(self, client: IMAPClient, folder: str) -> list[str]:
        client.select_folder(folder, readonly=True)
        found = client.fetch(client.search("ALL"), ["ENVELOPE"])
        return [data[b"ENVELOPE"].subject.decode() for _uid, data in sorted(found.items())]
