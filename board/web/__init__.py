"""HTTP: an audience a folder (public, desk, county), and the frame that they part beside them."""
