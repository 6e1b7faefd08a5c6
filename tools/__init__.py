"""Set-up and start of the project; runs on the plain Python of the machine, before anything is installed."""
