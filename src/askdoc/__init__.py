"""askdoc: answers about medical insurance and medicines in China.

Numbers come from code, words come from the model, and every claim shows its source.
"""

__version__ = "0.1.0"
