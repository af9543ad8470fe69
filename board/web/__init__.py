"""The HTTP layer: one folder for each audience (public, desk, county), and beside them the modules that all three use."""
