"""Open data: what the public pages say, as files and as a catalogue. Each data set is defined once (data_sets.py)."""
