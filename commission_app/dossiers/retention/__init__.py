"""What is over is told, then erased; what is counted stays."""
