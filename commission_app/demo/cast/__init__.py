"""Who and what the demonstration is made of: real communes, invented structures and people."""
