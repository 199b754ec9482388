"""What the company shows of its winners: the gallery, and a kit of badge, certificate, quote, press draft."""
