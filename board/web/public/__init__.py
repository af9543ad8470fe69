"""Public pages: no sign-in, no cookie, no script except in large type, each page complete in one response.

``notice`` is the example to follow: find, decide, render. Imports nothing from ``board.web.desk`` and ``board.web.county``, and no drafts.
"""
