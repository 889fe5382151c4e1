"""What was done, in an order that cannot be changed afterwards, provable to whoever it concerns."""
