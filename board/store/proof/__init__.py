"""Proof that nothing was rewritten: the tables against what the ledger says of them."""
