"""The tour's tests run on the same application as the window's."""

from tests.ui.conftest import qapp  # noqa: F401  # a fixture
