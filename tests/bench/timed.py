"""Run a command and print what it cost, as one line of JSON.

A small process of its own, importing almost nothing: on Linux a child's peak memory begins at its parent's size.
"""

import json
import os
import sys
import time

start = time.perf_counter()
child = os.fork()
if not child:
    os.dup2(2, 1)
    try:
        os.execvp(sys.argv[1], sys.argv[1:])
    except OSError as error:
        os.write(2, f"{error}\n".encode())
        os._exit(127)
_, status, used = os.wait4(child, 0)
cost = {"cpu": used.ru_utime + used.ru_stime, "wall": time.perf_counter() - start, "peak": used.ru_maxrss / 1024}
print(json.dumps(cost))
sys.exit(os.waitstatus_to_exitcode(status) and 1)
