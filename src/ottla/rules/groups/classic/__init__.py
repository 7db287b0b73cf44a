"""The classic group protocol: members join, one of them leads and assigns, the coordinator only keeps time and the books."""
