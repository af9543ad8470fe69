"""Pages for everybody: no sign-in, no cookie, no script, each page whole in one answer.

``notice`` is the miniature: find, decide, render. Imports nothing of ``board.web.desk`` and ``board.web.county``, and no drafts.
"""
