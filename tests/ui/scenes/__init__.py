"""Every screen and dialog, brought up as somebody would see it; `tests.ui.screens` lists them all."""
