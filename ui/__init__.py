"""The Qt Widgets face of the desk; it talks to the Desk and to nothing below it."""
