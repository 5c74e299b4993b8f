"""What tells who somebody is, taken out of a text before an outside model sees it, and put back.

`mask` finds names, numbers and addresses and leaves placeholders (⟦电话A⟧); the `Vault` that
comes with them grows through a conversation and puts the originals back. Nothing is logged,
nothing is written, and the values show themselves to nobody: a vault's `repr` is its size.
"""

from askdoc.privacy.kinds import Kind
from askdoc.privacy.masked import Masked, mask
from askdoc.privacy.masked_values import MaskedValues, mask_values, restore_values
from askdoc.privacy.vault import Vault

__all__ = ["Kind", "Masked", "MaskedValues", "Vault", "mask", "mask_values", "restore_values"]
