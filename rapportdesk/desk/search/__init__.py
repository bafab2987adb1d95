"""Finding people and words, and the read model that is searched, which never holds more than its readers may see."""
