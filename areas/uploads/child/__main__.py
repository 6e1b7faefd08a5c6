"""Limits itself, reads the file, answers. The limits hold before any foreign code or byte is touched.

They are set here and not between fork and exec: in a server with threads, code that runs there can hang for ever.
"""

import json
import resource
import sys

TOO_MUCH = "Was die Datei enthält, ist zu umfangreich. Bitte wählen Sie vorher aus, was gebraucht wird."


def limit(limits: dict) -> None:
    """Set the limits of this process for good: hard limits cannot be raised again."""
    memory = limits["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    # At the soft limit the system ends the process with SIGXCPU, at the hard one with SIGKILL.
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"], limits["cpu_seconds"] + 1))
    written = max(limits["max_unpacked_bytes"], limits["max_answer_bytes"])
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    path, encoding, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    limit(limits)
    try:
        from areas.uploads.child.layers import read_layers
        from areas.uploads.child.problem import Problem
        from areas.uploads.child.text import storable

        try:
            answer = {"layers": storable(read_layers(path, encoding, limits))}
        except Problem as problem:
            answer = {"problem": storable(str(problem))}
        text = json.dumps(answer)
        if len(text) > limits["max_answer_bytes"]:
            text = json.dumps({"problem": TOO_MUCH})
        sys.stdout.write(text)
        sys.stdout.flush()
    except MemoryError:
        sys.exit(limits["memory_exit"])


main()
