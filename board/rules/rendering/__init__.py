"""Every output of a notice beside its pages and posters: ``read_aloud`` (with ``spoken_chinese``, ``spoken_english``),
``short_messages``, ``official_document``, ``open_data`` (with ``openapi``).

Each takes a ``board.rules.notice.page.Page`` and returns text or data; a new output is a new module here.
"""
