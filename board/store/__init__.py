"""Database access: every select, insert and commit of the program, one module for each subject."""
