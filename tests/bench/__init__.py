"""Measures the product against a floor or a peer of the same run; nothing here fails a build.

`python -m tests.bench [NAME …]` prints one table. A bench is one module of this package with a function `rows`.
CPU time is compared where one process does the work, as it swings less than the clock.
"""
