"""`ottla log`: log files, offline."""

from cyclopts import App

app = App(name="log", help="Look into log files, without a broker.")
