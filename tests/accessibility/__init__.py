"""Every page as axe sees it: whoever uses a screen reader or sees little contrast finds their way."""
