"""The admin of the contact room: enquiries, reports of barriers, the outbox, mailboxes of units."""
