"""HTTP: one blueprint a person."""
