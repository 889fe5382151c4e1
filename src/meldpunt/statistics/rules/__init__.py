"""Pure decisions of statistics: what is counted, what is hidden, how far an overview has come."""
