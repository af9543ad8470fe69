"""How much one upload may hold."""

MOST_BYTES = 20 << 20  # of a file, unless the caller says otherwise; a roster of 100,000 rows is 8.6 MB
MOST_UNPACKED = 400 << 20  # by the directory of a zip, before anything is unpacked
MOST_ENTRIES = 2_000  # parts of a workbook
MOST_FILES = 50  # sheets in a zip
CELLS = 3_000_000  # a county's largest roster is about a third of that
ROWS = 200_000  # of one table; a county's largest roster is 100,000. More of them would take over 400 MB in the server
RANGES = 200_000  # of merged cells in a sheet
LINES = 300_000  # of a web page, whose tags are slow to read
