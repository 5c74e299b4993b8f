"""From what was read to tool calls: frames, the embedded planner, and the loop of any model."""
