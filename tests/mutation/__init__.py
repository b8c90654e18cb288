"""How many small faults of the language core and the rules the tests notice. `python -m tests.mutation`."""
