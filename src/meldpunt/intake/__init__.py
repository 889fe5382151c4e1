"""The one way in: whoever reports, and however, gets a receipt, and nothing is lost after that."""
