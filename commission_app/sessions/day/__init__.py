"""The day itself: points that run, who is here, who speaks, ideas kept for later, the room screen."""
