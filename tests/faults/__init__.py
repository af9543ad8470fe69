"""``make faults``: the server killed at random moments, and other faults of a machine, while people work."""
