"""Keys, sealing, signatures and keyring custody: pure functions over bytes; no SQL, no screen.

Every algorithm is pyca/cryptography's or the standard library's; what is decided here is which key seals what and what
each seal is bound to.
"""
