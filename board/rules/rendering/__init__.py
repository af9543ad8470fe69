"""Every way out of a notice beside its pages and posters: ``read_aloud``, ``short_messages``, ``official_document``, ``open_data``.

Each takes a ``board.rules.notice.page.Page`` and returns text or data; adding a way out is adding a module here.
"""
