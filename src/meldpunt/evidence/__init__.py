"""Sealed attachments: encrypted one by one, opened on the record, and destroyed by destroying their key."""
