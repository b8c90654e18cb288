"""The pages: a shell that translates between forms and services; it decides nothing.

Start reading at `page.py` (what a page declares) and `pages/` (one file per page, discovered).
"""
