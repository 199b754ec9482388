"""What people do in the CRM: weekly rewards with sampled proof, adoption, and the presentation of who used it least."""
