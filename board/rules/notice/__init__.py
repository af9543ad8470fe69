"""A notice from its proposal to its page: ``proposal`` (composed and digested), ``page`` (as readers see it), and what versions and
rosters differ in (``row_matching``, ``row_changes``, ``roster_diff``, ``resubmission``, ``carry_over``)."""
