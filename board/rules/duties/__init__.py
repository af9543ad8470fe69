"""What must be published, by when, and what of it is due, late or missing."""
