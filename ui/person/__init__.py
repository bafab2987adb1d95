"""Who somebody is, as a form: names, ways to reach them, the people in their life."""
