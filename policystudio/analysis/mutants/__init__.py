"""How good the tests of a policy are: small edits of its document, and which of them no test notices.

Start in `mutant.py` (what an edit is), then `scoring.py`. Each kind of edit is one file below `kinds/`. Edits that
change nothing, by a comparison in both directions, are not counted; each that survives carries a test that notices it.
"""
