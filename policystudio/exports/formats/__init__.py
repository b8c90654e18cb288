"""The export formats, one module each, called like their names in `?format=`; `FORMAT` in it is the whole of one."""
