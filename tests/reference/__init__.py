"""Slow and obvious twins of quick product code; the product never imports them."""
