"""The WSGI application that an application server loads: `gunicorn policystudio.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policystudio.settings")
application = get_wsgi_application()
