"""A table of measured figures beside what they may be at most or must be at least."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Prints each figure as it comes and remembers which goals were missed."""

    missed: list[str] = field(default_factory=list)

    def head(self, title: str) -> None:
        print(f"\n{title}", flush=True)

    def note(self, text: str) -> None:
        print(f"  {text}", flush=True)

    def figure(self, name: str, value: float, unit: str, *, most: float | None = None, least: float | None = None):
        """Print one line. Without a limit the figure is only told."""
        met = (most is None or value <= most) and (least is None or value >= least)
        goal = (
            ""
            if most is least is None
            else f"höchstens {number(most)}"
            if most is not None
            else f"mindestens {number(least)}"
        )
        verdict = "" if not goal else "erreicht" if met else "VERFEHLT"
        print(f"  {name:<58}{number(value):>12} {unit:<12}{goal:<20}{verdict}".rstrip(), flush=True)
        if not met:
            self.missed.append(name)


def number(value: float) -> str:
    return (
        f"{value:,.0f}".replace(",", ".")
        if abs(value) >= 100 or value == int(value)
        else f"{value:.1f}".replace(".", ",")
    )
