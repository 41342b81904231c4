"""The one error of the geo layer: a message key with the values, worded by whoever shows it."""

from __future__ import annotations


class GeoError(ValueError):
    """Input that geo cannot use.

    `key` names the message (for example ``geo.cell_wider_than_bandwidth``) and `params` hold both values that
    disagree, so that a text in any language can name them and the next step.
    """

    def __init__(self, key: str, **params: float | str) -> None:
        """Remember the message key and the values of the message."""
        super().__init__(key, params)
        self.key = key
        self.params = params
