"""The part of reading a file that meets foreign bytes. It runs alone, in a limited process (areas.uploads.reading).

Nothing here knows Django or the database: `python -m areas.uploads.child PATH ENCODING LIMITS` reads one file and
writes one JSON object, either {"problem": sentence} or {"layers": [...]} as `read_layers` describes them.
"""
