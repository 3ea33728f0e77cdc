# The portal as one image: web server, worker, scheduler and migrations differ only in their command.

# From which images; others of the same kind stand in by .env (compose.env.example), a digest as well.
ARG NODE_IMAGE=node:24.19.0-trixie-slim
ARG PYTHON_IMAGE=python:3.13.13-slim-trixie
ARG UV_IMAGE=ghcr.io/astral-sh/uv:0.13.0
ARG CADDY_IMAGE=caddy:2.10.2-alpine

FROM ${UV_IMAGE} AS uv

FROM ${NODE_IMAGE} AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM ${PYTHON_IMAGE} AS build
COPY --from=uv /uv /bin/uv
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --extra s3 --group messages
COPY . .
# A clone made under a strict umask keeps its modes; the portal's user is another one.
RUN find . -path ./.venv -prune -o -exec chmod go=rX {} +
COPY --from=front /app/node_modules node_modules
# Collecting the static files needs settings, but nothing behind them.
RUN export DJANGO_SETTINGS_MODULE=whatson.settings.prod \
    SECRET_KEY=only-while-building-0123456789-abcdefghijklmnopqrstuvwxyz \
    DATABASE_URL=postgres://build@127.0.0.1/build REDIS_URL=redis://127.0.0.1 MAIL_URL=console: \
    SITE_URL=https://localhost DEFAULT_FROM_EMAIL=build@localhost DESK_EMAIL=build@localhost \
    && .venv/bin/python -m whatson.embedded.messages \
    && .venv/bin/python manage.py collectstatic --no-input
# Else each process that starts compiles all of it anew: two seconds, and 8 MB that it never gives back.
RUN .venv/bin/python -m compileall -q -x '/(\.venv|node_modules)/' --invalidation-mode unchecked-hash .

FROM ${CADDY_IMAGE} AS proxy
# The port below 1024 comes by a setting of the network, so the binary needs no privilege of its own.
RUN setcap -r /usr/bin/caddy && install -d -o 10001 -g 10001 /certificates
COPY --chmod=644 docker/Caddyfile /etc/caddy/Caddyfile
COPY --chmod=644 docker/pages/too-large.html docker/pages/away.html /srv/
ENV XDG_DATA_HOME=/certificates XDG_CONFIG_HOME=/tmp
USER 10001:10001

FROM ${PYTHON_IMAGE} AS portal
ARG RELEASE=unknown
RUN groupadd --gid 10001 whatson \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin whatson \
    && install -d -o 10001 -g 10001 /media
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=whatson.settings.prod \
    MEDIA_ROOT=/media \
    RELEASE=$RELEASE
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "docker/ask.py", "/healthz"]
CMD ["sh", "docker/web.sh"]
