"""The form of a backup: one file with a manifest, what it holds and a sum over all of it, encrypted to public keys where any are given.

Nothing here knows the database: ``board.store.backup`` makes what is put in, and loads it again.
"""
