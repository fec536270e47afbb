"""Times a command, or two in turn, as whole processes, and compares them.

    python measure.py RUNS NAME_A 'COMMAND A' [NAME_B 'COMMAND B']

Wall time is a monotonic clock from start to exit; CPU time and peak memory are
the operating system's own account of the finished process. A and B run in
turn, A B A B ..., after one run each that is not counted, so that a machine
that slows down slows both. A command that fails ends the measuring.
"""

import os
import shlex
import statistics
import sys
import time

# Linux gives the peak in KiB, macOS in bytes.
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


def run(command):
    """Wall seconds, CPU seconds and peak bytes of one run."""
    words = shlex.split(command)
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
              (os.POSIX_SPAWN_DUP2, 1, 2)]
    start = time.monotonic()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - start
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        sys.exit(f"exit {code}: {command}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * PEAK_UNIT


def line(name, runs):
    wall, cpu, peak = (statistics.median(column) for column in zip(*runs))
    spread = f"{min(r[0] for r in runs):.2f} to {max(r[0] for r in runs):.2f}"
    print(f"{name:24} {wall:8.2f} s  ({spread})  cpu {cpu:7.2f} s  peak {peak / 2**30:6.2f} GiB")


def main():
    count, *words = sys.argv[1:]
    names, commands = words[::2], words[1::2]
    runs = [[] for _ in commands]
    for nth in range(int(count) + 1):
        for into, command in zip(runs, commands):
            measured = run(command)
            if nth > 0:
                into.append(measured)
    for name, own in zip(names, runs):
        line(name, own)
    if len(runs) == 2:
        ratios = [[b / a for a, b in zip(*pair)] for pair in zip(*runs)]
        wall, _, peak = (statistics.median(column) for column in zip(*ratios))
        print(f"{names[1]} over {names[0]}: {wall:.2f} times the wall time, "
              f"{peak:.2f} times the peak memory")


main()
