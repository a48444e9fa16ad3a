"""What the OpenAPI document says beyond the code."""
