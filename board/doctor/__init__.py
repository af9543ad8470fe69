"""体检: what an installation is asked about itself. ``checks.ALL`` lists the checks; each gathers facts, which a pure function judges."""
