"""What stands between the network and the pages: who may ask, for what, how much, and what every answer carries."""
