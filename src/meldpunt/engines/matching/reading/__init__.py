"""Files as they come: compressed or not, delimited, JSON lines or Parquet; to batches of bounded size."""
