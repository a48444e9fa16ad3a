from hypothesis import settings

# The same examples on every machine and no clock. To look further: pytest --hypothesis-profile=thorough
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile("steady")
