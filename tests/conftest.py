"""Ctrl-C reaches what the tests start, even where this run's own was switched off."""

import signal

# A shell starts what runs in its background with SIGINT ignored, and children inherit that: no test's Ctrl-C would arrive.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
