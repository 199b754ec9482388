# One image for web, worker and beat; Postgres and Redis/Valkey live elsewhere (compose.yaml shows all five).

FROM node:24-slim AS front_end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app
RUN useradd --system --home-dir /app refprogram && mkdir -p var && chown refprogram var
COPY requirements.txt ./
COPY requirements/uv.txt requirements/
RUN python -m venv .venv \
    && pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && uv pip install --no-cache --compile-bytecode --python .venv/bin/python --require-hashes -r requirements.txt
COPY . .
# Front-end files are fingerprinted and compressed once, here; the variables only satisfy the settings while building.
RUN --mount=type=bind,from=front_end,source=/app/node_modules,target=/app/node_modules \
    python -m refprogram.ops.vendor \
    && DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost/0 SECRET_KEY=build ALLOWED_HOSTS=localhost \
       BASE_URL=https://localhost EMAIL_URL=smtp://localhost:25 python manage.py collectstatic --no-input \
    && python -m compileall -q refprogram references nominations awards incentives

USER refprogram
EXPOSE 8000
VOLUME /app/var
CMD ["gunicorn", "refprogram.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
