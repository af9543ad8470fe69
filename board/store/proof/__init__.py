"""Proof: the comparison of the tables with the ledger."""
