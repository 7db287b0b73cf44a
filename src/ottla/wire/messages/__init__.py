# Generated from table.txt by ottla.wire.generator; do not edit.
"""One module per message; import the one you need (this package imports none)."""
