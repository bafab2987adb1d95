"""A screen for the tests of what is measured through the window."""

from tests.ui.offscreen import use_offscreen

use_offscreen()
