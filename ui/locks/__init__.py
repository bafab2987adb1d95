"""New keys in the old ones' place, when somebody may have got hold of one."""
