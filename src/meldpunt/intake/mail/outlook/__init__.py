"""Mails that Outlook saved as `.msg` ([MS-OXMSG]), made into mails as they travel (RFC 5322)."""
