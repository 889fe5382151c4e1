"""Settings: `house` for all, and one module per way of running that changes as little as it can."""
