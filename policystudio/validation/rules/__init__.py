"""The rules, one file each; the file name is the code, the docstring is the page. A new rule is a new file here."""
