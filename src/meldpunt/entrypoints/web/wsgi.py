"""The doors, for a WSGI server."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from meldpunt.entrypoints.web.client_certificates import believe_certificates

# Who asks, and whether over TLS, as the proxies of this installation say it; of anybody else the headers are nothing.
_doors = wrap_wsgi_with_proxy_headers(get_wsgi_application(), settings.PROXIES)
# Outermost, because below it the address is that of who asked, and no more of who passed it on.
application = believe_certificates(_doors, settings.CERTIFICATE_PEERS)
