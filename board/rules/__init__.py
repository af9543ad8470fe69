"""Pure rules: standard library only; no Flask, no SQL, no disk, no clock (today is an argument)."""
