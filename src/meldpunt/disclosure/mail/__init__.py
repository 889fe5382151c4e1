"""Mail as a channel: how a disclosure is written as one, closed, handed over, and recognised when it comes back."""
