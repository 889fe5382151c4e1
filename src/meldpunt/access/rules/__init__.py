"""Which role may do what, and who may read which row."""

from .permissions import DESK_ROLES as DESK_ROLES
from .permissions import MACHINE_ROLES as MACHINE_ROLES
from .permissions import PERMISSIONS as PERMISSIONS
from .permissions import PORTAL_ROLES as PORTAL_ROLES
from .permissions import digest_of as digest_of
from .permissions import door_for as door_for
from .permissions import may as may
from .permissions import permissions_of as permissions_of
