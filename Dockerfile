# Build: the locked dependencies and the service in an environment of its own.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/sbm
COPY requirements.lock requirements-build.lock /build/
RUN /opt/sbm/bin/pip install --require-hashes -r /build/requirements.lock
RUN pip install --require-hashes -r /build/requirements-build.lock
COPY pyproject.toml README.md LICENSE /build/
COPY scoring /build/scoring
COPY app /build/app
COPY questionnaires /build/questionnaires
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /wheels /build
RUN /opt/sbm/bin/pip install --no-deps /wheels/*.whl

# Run: nothing but that environment, no root, no writing outside /data.
FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin sbm && install -d -o sbm /data
COPY --from=build /opt/sbm /opt/sbm
ENV PATH=/opt/sbm/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 SBM_HOST=0.0.0.0 SBM_PORT=8000
WORKDIR /data
VOLUME /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["sbm", "serve", "--migrate"]
