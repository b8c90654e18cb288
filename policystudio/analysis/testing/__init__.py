"""Expectations of a policy: what must be allowed and what must be denied, and whether its documents answer so.

Start in `expectation.py` (what a test asks, and of which targets) and `running.py` (asking, everywhere at once). How
good the tests are is measured in `analysis/mutants/`; what is stored, and what of it stands in the way, is known to
`cases`.
"""
