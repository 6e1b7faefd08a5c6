"""`make run`: checks, sets up what is missing, starts the site and stays until Ctrl-C.

The first lines must run on any Python 3, so that one that is too old can say so.
"""

import sys

OLDEST_PYTHON = (3, 11)


def refuse_old_python():
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(
            "Python 3.11 oder neuer wird gebraucht, gefunden wurde Python " + found + ": Bitte ein neueres Python "
            "installieren oder angeben, z. B. make run PYTHON=python3.12."
        )


def interrupted(number, frame):
    raise KeyboardInterrupt


def main(arguments):
    import signal

    from tools import checks, install, serve
    from tools.console import SetupError

    # SIGINT too: a shell that starts us in the background has told us to ignore it.
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, interrupted)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    only_install = "--install" in arguments
    try:
        checks.venv_module()
        checks.folders_writable()
        if not only_install:
            checks.port_free()
            checks.database_reachable()
        install.install(dev="--dev" in arguments)
        return 0 if only_install else serve.serve()
    except SetupError as reason:
        print("\n" + str(reason), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAbgebrochen; ein neuer Start macht dort weiter.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    refuse_old_python()
    sys.exit(main(sys.argv[1:]))
