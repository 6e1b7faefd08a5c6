"""What the office may know about its enquiries in numbers: by month, subject, area, unit and way in, never by person.

`counts`, `areas` and `barriers` ask the database, `small` hides what could point at somebody, `report` puts tables
together, `plots` draws them, `export` writes them as CSV. Only `small.Shown` leaves the room, never a count itself.
"""
