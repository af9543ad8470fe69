"""A recording of every page: what each address answers over one dump of the demo, to compare the program before and after a change.

``python -m tests.recording take DIR`` opens every address and keeps the answers in ``DIR/answers``; the first time it also makes the dump
``DIR/dump`` (database, keys, and the secrets that a database does not hold). ``python -m tests.recording compare DIR`` opens them again
with the present program, over the same dump, and exits 1 with a diff where an answer differs.

The addresses are found with plain SQL and matched against the app's own rules, so that the recording depends on no module but
``board.create_app``, on no endpoint's name, and leaves no rule out in silence.
"""
