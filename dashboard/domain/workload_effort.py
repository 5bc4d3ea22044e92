"""How heavy a job is, from plain mechanics: a property of the job, never of the body that rides it (health data)."""

from __future__ import annotations

from dataclasses import dataclass

GRAVITY = 9.81  # m/s²
AIR = 1.2  # kg/m³


@dataclass(frozen=True, slots=True)
class Bicycle:
    """Rider, bicycle and load together: kg, rolling resistance, drag area (m²), speed (m/s).

    ``rider_share`` is the part of the work that the rider does: 1 without a motor.
    """

    mass_kg: float = 95.0
    rolling: float = 0.008
    drag_m2: float = 0.6
    speed_m_s: float = 5.0
    rider_share: float = 1.0

    @property
    def flat_force_n(self) -> float:
        """F = Crr·m·g + ½ρ·CdA·v²: what riding on the flat takes."""
        return self.rolling * self.mass_kg * GRAVITY + 0.5 * AIR * self.drag_m2 * self.speed_m_s**2

    @property
    def flat_m_per_climbed_m(self) -> float:
        """m·g/F: metres on the flat that take as much work as climbing one (57 at 95 kg, 82 at 220 kg)."""
        return self.mass_kg * GRAVITY / self.flat_force_n


PLAIN_BICYCLE = Bicycle()


def flat_km(metres: float, ascent_m: float, bicycle: Bicycle = PLAIN_BICYCLE) -> float:
    """Equivalent flat kilometres: (km + ascent·m·g/F/1000), times the rider's share of the work."""
    return bicycle.rider_share * (metres + ascent_m * bicycle.flat_m_per_climbed_m) / 1000
