"""The demo bank: an invented retail bank with planted events, the same bytes for the same seed."""

from analytics.demo.bank import make_bank
from analytics.demo.manifest import Manifest

__all__ = ["Manifest", "make_bank"]
