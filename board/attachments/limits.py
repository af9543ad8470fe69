"""Limits of one attachment."""

MOST_BYTES = 10 << 20  # a phone's photo is 3 to 8 MB, as are forty scanned pages
MOST_PAGES = 100  # reading a page takes up to 0.1 s, and the child has 20 s of CPU
MOST_OBJECTS = 100_000  # of a PDF: a hundred pages with drawings have a few thousand
MOST_PIXELS = 60_000_000  # 240 MB while they are unpacked, and twice that while they are made smaller
WIDEST, TALLEST = 2_400, 12_000  # pixels of what is served: letters of a page photographed whole stay legible
SMALLEST_PICTURE = 64 * 64  # pixels: bullets and lines drawn as pictures have no letters in them
MOST_UNPACKED = 100 << 20  # of a Word file, by its directory, before anything is unpacked
MOST_ENTRIES = 2_000
MOST_XML = 8 << 20  # of one part; a thesis of 300 pages is 4 MB
