"""Where mail comes in: handed over by a server (LMTP, SMTP), or fetched from a mailbox (IMAP)."""
