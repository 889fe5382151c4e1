"""What an attachment has in it, found without extracting or running anything. Plain Python."""

from .looking import look_inside
from .values import Inside, Limits, Mark, Nested

__all__ = ["Inside", "Limits", "Mark", "Nested", "look_inside"]
