"""What a team has decided about judging: names that it has seen work, and how grave a finding is to it.

Start at `models.py`; everybody who validates for a team does it with `selectors.standards_of`.
"""
