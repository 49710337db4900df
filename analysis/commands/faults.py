"""The faults that are ours: what stops a run with one line and status 1, never with a traceback."""

from analysis.etl.dictionary import TableFault
from analysis.etl.store import StoreFault

OUR_FAULTS = (TableFault, StoreFault)
