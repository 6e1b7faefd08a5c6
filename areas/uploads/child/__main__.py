"""Limits itself, reads the file, answers. The limits hold before any foreign code or byte is touched."""

import json
import sys

from stadterneuerung.base.confined import MEMORY_EXIT, confine

TOO_MUCH = "Was die Datei enthält, ist zu umfangreich. Bitte wählen Sie vorher aus, was gebraucht wird."


def main() -> None:
    path, encoding, limits = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
    confine(limits)
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
        sys.exit(MEMORY_EXIT)


main()
