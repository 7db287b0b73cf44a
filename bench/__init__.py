"""Ottla measured beside Apache Kafka: `python -m bench` (see `bench/__main__.py`)."""
