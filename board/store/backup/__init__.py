"""Backups: what a database holds is put into an archive while others write, and loaded and verified again.

What outsiders take: ``making.make``, ``restoring.restore`` and ``restoring.drill``.
"""
