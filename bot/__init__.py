"""The program around the knowledge: Telegram, the database, the clock, the command line."""

import os

# Before anything loads numpy: two threads of its OpenBLAS wait for each other by computing. On two cores that have something
# else to do, building an index then took 10 to 21 s in place of 5, and on two idle ones it saves a fifth.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
