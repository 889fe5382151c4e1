"""What the logs of a day say, each value once, so that indicators are hunted back without the logs."""
