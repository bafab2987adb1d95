"""Icons, fonts, templates and translations: data that both core and window read, and no code."""
