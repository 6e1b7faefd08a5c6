"""How kinds of areas and places are drawn on maps of the city: told apart without colour too."""

# Each kind of outline has its own hatch and colour.
KINDS = ("renewal", "conversion", "social", "preparatory", "concept", "quarter", "study", "project")
HATCH_ANGLES = {
    "renewal": -45,
    "conversion": 45,
    "social": 0,
    "preparatory": 70,
    "concept": -20,
    "quarter": 20,
    "study": 90,
    "project": -45,
}

# The same hatches in a box of 28 by 18, for legends and patterns.
SWATCHES = {
    "renewal": "M-2 10 10-2M4 18 22 0M16 20 30 6",
    "project": "M-2 10 10-2M4 18 22 0M16 20 30 6",
    "conversion": "M-2 8 10 20M4-2 24 18M18-2 30 10",
    "social": "M0 5h28M0 13h28",
    "study": "M6 0v18M14 0v18M22 0v18",
    "quarter": "M0 3 28 11M0 11 28 19",
    "preparatory": "M4 18 9 0M12 18 17 0M20 18 25 0",
    "concept": "M0 12 28 2M0 20 28 10",
}

# Shapes of markers around (0, 0), in units of the city map.
MARKERS = {
    "planned": "M-30 0a30 30 0 1 0 60 0a30 30 0 1 0-60 0z",
    "running": "M-27-27h54v54h-54z",
    "completed": "M0-36 36 0 0 36-36 0z",
    "unknown": "M-18-32h36l18 32-18 32h-36l-18-32z",
    "offer": "M0-38 36 24h-72z",
    "participation": "M0 38-36-24h72z",
    "event": "M-30-20l30-14 30 14v48h-60z",
    "service": "M-12-34h24v22h22v24h-22v22h-24v-22h-22v-24h22z",
}
