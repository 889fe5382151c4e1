"""Every read of the room: `reading` and `speaking` for members, `overseeing` for the desk."""

from .overseeing import get_post, get_table, list_motions, list_posts, list_tables
from .reading import (
    get_said,
    get_space,
    get_thread,
    list_asked,
    list_open_tables,
    list_own_motions,
    list_spaces,
    list_threads,
    search_posts,
)
from .speaking import get_own_post, list_own_posts, open_own_file, preview_post

__all__ = [
    "get_own_post",
    "get_post",
    "get_said",
    "get_space",
    "get_table",
    "get_thread",
    "list_asked",
    "list_motions",
    "list_open_tables",
    "list_own_motions",
    "list_own_posts",
    "list_posts",
    "list_spaces",
    "list_tables",
    "list_threads",
    "open_own_file",
    "preview_post",
    "search_posts",
]
