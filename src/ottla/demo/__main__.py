"""`python -m ottla.demo`."""

import sys

from ottla.demo.run import main

if __name__ == "__main__":
    sys.exit(main())
