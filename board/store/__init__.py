"""SQL: every select, insert and commit of the program, one module a subject."""
