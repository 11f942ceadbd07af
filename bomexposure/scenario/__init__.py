"""What if, and who else: policy events, supply cuts, sourcing options, substitution, revisions."""

from bomexposure.scenario.controls import controls_on
from bomexposure.scenario.play import play
from bomexposure.scenario.sourcing import sourcing_options

__all__ = ["controls_on", "play", "sourcing_options"]
