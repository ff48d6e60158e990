"""The guide beside its peers, on the same pages, in one run: ``make bench``. Start at ``__main__.py``."""
