# Lotsenbot in a container: nobody's rights, a file system that may be read-only. How to run it: compose.yaml, docs/betrieb.md
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements/run.txt requirements/run.txt
# hatchling only builds the wheel and does not reach the second stage.
RUN python -m venv /app/.venv \
 && /app/.venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt \
 && python -m venv /build && /build/bin/python -m pip install --no-cache-dir --disable-pip-version-check "hatchling>=1.27"
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY knowledge knowledge
RUN /build/bin/python -m pip wheel --no-cache-dir --no-deps --no-build-isolation -w /wheels . \
 && /app/.venv/bin/python -m pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.12-slim-bookworm
RUN groupadd --gid 10001 lotsenbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin lotsenbot \
 && install -d -o 10001 -g 10001 -m 0750 /app/data /app/wissen
COPY --from=build /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 MPLCONFIGDIR=/tmp \
    DATA_DIR=/app/data METRICS_LISTEN=127.0.0.1:9464
WORKDIR /app
USER 10001:10001
VOLUME /app/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9464/healthz', timeout=8)"]
ENTRYPOINT ["lotsenbot"]
CMD ["run"]
