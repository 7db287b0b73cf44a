"""Configuration as rules: the table of keys, how a value is read and judged, and what is in force."""
