"""Replies that come back by themselves: mails are read from a mailbox (IMAP) and become part of their case.

`server` says where the mailbox is, `mailbox` talks to it, `letters` reads a mail, `judging` says what kind it is,
`matching` finds its case, `taking` stores it, `rounds` ties this together. Without `INBOUND_IMAP_URL` nothing runs.
"""
