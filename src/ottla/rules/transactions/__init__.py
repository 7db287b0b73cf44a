"""Transactions as pure decisions: the coordinator's machine, what a partition knows of open transactions, pending group offsets."""
