"""The comparison: against full enumeration, a solver, and itself."""
