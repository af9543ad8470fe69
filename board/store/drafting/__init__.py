"""Drafts: upload, check, proposal, correction and posting. Public code imports nothing from here (tests/house/test_imports.py).

``drafts`` (the draft and its hands) -> ``staging`` (cleaned tables, staged rows) -> ``jobs`` and ``checking`` (the check) ->
``proposing`` (the proposal) -> ``posting``. ``typed_rows``, ``carry_over`` and ``correction`` fill a draft without an upload.
"""
