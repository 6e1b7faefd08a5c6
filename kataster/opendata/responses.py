"""Answers for programs: only what has changed, compressed, for pages of any host."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition

# What a page of another host may ask and read; all of it is public.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Expose-Headers": "ETag, Content-Disposition",
    "Access-Control-Max-Age": "86400",
}


def open_to_all(response: HttpResponse) -> HttpResponse:
    for name, value in CORS.items():
        response[name] = value
    return response


def file_response(
    request: HttpRequest,
    *,
    pieces: Callable[[], Iterable[str]],
    key: str,
    last_modified: datetime,
    content_type: str,
    filename: str,
) -> HttpResponse:
    """Stream `pieces()`, or answer 304 to somebody who has them already. `pieces` is not called for HEAD and 304.

    `key` stands for the content. The ETag is weak since the compressed bytes are others than the plain ones.
    """
    etag = f'W/"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'

    @gzip_page
    @condition(lambda request: etag, lambda request: last_modified)
    def answer(request: HttpRequest) -> StreamingHttpResponse:
        content = () if request.method == "HEAD" else pieces()
        response = StreamingHttpResponse(content, content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response

    response = answer(request)
    # Asked each time, answered with 304 almost each time: a cache that guessed could show last week's dates.
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding"])
    return open_to_all(response)
