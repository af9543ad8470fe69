"""From the cells of an uploaded spreadsheet to rows with problems: one pipeline, in this order.

``table`` (the cells) -> ``splitting`` (tables below each other) -> ``cleaning`` (personal numbers out; with ``personal_words`` and
``hidden_numbers``) -> ``joining`` (tables of one upload) -> ``layout`` (header, units, columns; with ``headers`` and ``sections``) ->
``line_types`` (row, total or words) -> ``reading`` (values; with ``figures``, ``capitals``, ``places``) -> ``totals`` and ``agreement``
(do the figures agree) -> ``check``, which runs it all and returns rows and ``problems``. ``header_lines`` finds the header for
``splitting``, ``cleaning`` and ``layout``. ``typed_rows`` is the same table typed by hand.
Outside this room: ``table``, ``splitting``, ``cleaning``, ``joining``, ``check``, ``problems``, ``typed_rows``.
"""
