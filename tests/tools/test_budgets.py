"""A measured figure beside its goal: what is missed is said and remembered."""

from tools.budgets import Report


def test_missed_goals_are_said_and_remembered(capsys):
    report = Report()

    report.figure("Größe", 151, "kB", most=150)
    report.figure("Tempo", 10_000, "je Sekunde", least=10_000)
    report.figure("Verhältnis", 1.25, "mal", most=1.5)
    report.figure("nur gesagt", 3, "kB")

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert report.missed == ["Größe"]
    assert lines == [
        ["Größe", "151", "kB", "höchstens", "150", "VERFEHLT"],
        ["Tempo", "10.000", "je", "Sekunde", "mindestens", "10.000", "erreicht"],
        ["Verhältnis", "1,2", "mal", "höchstens", "1,5", "erreicht"],
        ["nur", "gesagt", "3", "kB"],
    ]
