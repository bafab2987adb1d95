"""Words as they are typed and as they are read: dates, ages, topics, plain language, tested."""
