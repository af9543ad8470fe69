"""Cases (来件), from what a villager says to whether it was solved.

``machine`` is the one table of states, acts and who may do them; ``clock`` the days that an office has; ``texts`` what may be said and how
often; ``next_steps`` what a villager can do next; ``log`` the case that its ledger entries make.
"""
