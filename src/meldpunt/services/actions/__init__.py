"""Every write of the room of services."""

from .importing import import_services
from .placing import place_naming, read_namings
from .putting_back import put_back_dependency, put_back_service
from .registering import end_dependency, end_service, register_service, tell_dependency
from .telling_own import (
    add_own_service,
    count_served,
    end_own_dependency,
    end_own_naming,
    end_own_service,
    import_own_services,
    tell_own_dependency,
)

__all__ = [
    "add_own_service",
    "count_served",
    "end_dependency",
    "end_own_dependency",
    "end_own_naming",
    "end_own_service",
    "end_service",
    "import_own_services",
    "import_services",
    "place_naming",
    "put_back_dependency",
    "put_back_service",
    "read_namings",
    "register_service",
    "tell_dependency",
    "tell_own_dependency",
]
