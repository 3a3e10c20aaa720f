"""What goes on in the room beside the points: hands, arrivals, ideas kept, the screen."""
