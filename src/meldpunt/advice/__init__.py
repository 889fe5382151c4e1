"""Written advice to one organisation: measures, answers, follow-up, and the ministry where it is not followed."""
