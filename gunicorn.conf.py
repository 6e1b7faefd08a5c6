"""How gunicorn serves the site, in `make run` and in the container; gunicorn reads this file by itself."""

import gc
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # loaded once, shared by the workers: half the start-up time and memory
timeout = 60  # a large image may take long to be resized; threads answer others meanwhile
graceful_timeout = 8  # shorter than the ten seconds that `make run` and containers wait
max_requests = 5000  # workers are renewed now and then, not at the same moment
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - gunicorn's own heartbeat file
accesslog = None  # visitors' addresses are not written down; the proxy in front keeps what the law allows
loglevel = os.environ.get("LOG_LEVEL", "warning")
control_socket_disable = True

# Nothing that is loaded before the fork is ever garbage: not looking for it shortens the start by a tenth, and frozen
# objects stay in memory that the workers share.
gc.disable()


def when_ready(server):
    gc.freeze()


def post_fork(server, worker):
    gc.enable()
