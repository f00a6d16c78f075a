"""From the articles of a day to the digest: stories, order, points, calendar, numbers. Only `builder` touches the store."""
