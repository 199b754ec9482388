"""Placeholder until written below."""

from refprogram.kernel.api import Router

router = Router()
