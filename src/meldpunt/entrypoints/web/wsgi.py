"""The doors, for a WSGI server."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Who asks, and whether over TLS, as the proxies of this installation say it; of anybody else the headers are nothing.
application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), settings.PROXIES)
