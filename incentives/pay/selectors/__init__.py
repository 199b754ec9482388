"""Reading pay: `names` · `earnings` (one person's) · `months` · `escalators` · `spiffs` · `disputes`."""
