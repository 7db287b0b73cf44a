"""`python -m ottla.cli`: the `ottla` command where its script is not on the path."""

import sys

from ottla.cli import main

if __name__ == "__main__":
    sys.exit(main())
