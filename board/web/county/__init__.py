"""Pages for the county: its auditors, its inspector and its administrator."""
