"""How much the suite tries: enough on every change, and all there is when it is asked to be thorough.

`TEST_THOROUGH=1`, which `make thorough` sets, is read by every process of the suite.
"""

import os

THOROUGH = os.environ.get("TEST_THOROUGH") == "1"
