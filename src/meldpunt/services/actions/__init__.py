"""Every write of the room of services."""

from .importing import import_services
from .registering import end_dependency, end_service, register_service, tell_dependency

__all__ = ["end_dependency", "end_service", "import_services", "register_service", "tell_dependency"]
