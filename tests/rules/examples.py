"""How many patients a property is tried on that need not be tried on 10,000.

In every run five times as many as hypothesis tries by itself; 2,000 by a command of its own:

    python3 packaging/dev.py test tests/rules --hypothesis-profile thorough
"""

from hypothesis import settings

EXAMPLES = 5 * settings().max_examples
