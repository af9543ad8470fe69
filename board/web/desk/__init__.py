"""Pages for the staff of a village or township: drafts, tables, review, posters, cases, walls.

May import ``board.web.public``, never ``board.web.county``. ``drafts`` holds what the steps of a draft share.
"""
