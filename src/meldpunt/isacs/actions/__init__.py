"""Every write of the room."""

from .moderating import hurry_post, remove_post
from .releasing import carry_out_motions, release_posts
from .seating import (
    ask_for_seat,
    decide_motion,
    decide_motion_at_desk,
    leave_table,
    pass_chair,
    remove_member,
    take_back_motion,
)
from .writing import send_post, take_back_post, throw_away_post, withdraw_post, write_post

__all__ = [
    "ask_for_seat",
    "carry_out_motions",
    "decide_motion",
    "decide_motion_at_desk",
    "hurry_post",
    "leave_table",
    "pass_chair",
    "release_posts",
    "remove_member",
    "remove_post",
    "send_post",
    "take_back_motion",
    "take_back_post",
    "throw_away_post",
    "withdraw_post",
    "write_post",
]
