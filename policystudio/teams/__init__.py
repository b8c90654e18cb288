"""People: teams, members with a role, API tokens; `permissions.py` is the one table of who may do what.

`viewer.py` says who is looking; every selector of every app takes a `Viewer` first, every service takes one as `by`.
An Alibaba Cloud account is not a person: that is the app `accounts`.
"""
