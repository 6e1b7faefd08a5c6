"""Looks at the whole site from outside: a seeded copy under gunicorn, a crawler, a browser, the HTML checker."""
