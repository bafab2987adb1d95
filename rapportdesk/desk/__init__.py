"""The front door: window and command line do everything through `Desk`, one module for each noun.

Nothing above this package knows of keys, records or SQL; nothing below it knows who is looking.
"""
