"""One file per format of a report. Its file name is its public name, and it defines `FORMAT`; see `report.py`."""
