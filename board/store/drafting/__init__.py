"""Drafts, which the public never reads: upload, check, proposal, correction and posting.

Public code imports nothing from here (tests/house/test_imports.py). ``drafts`` (the draft and its hands) -> ``staging`` (cleaned tables,
staged rows) -> ``jobs`` and ``checking`` (the check) -> ``proposing`` (what the notice would show) -> ``posting``. ``typed_rows``,
``carry_over`` and ``correction`` begin a draft in other ways than by an upload.
"""
