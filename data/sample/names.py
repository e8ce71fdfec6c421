"""People who do not exist."""

import unicodedata

import numpy as np

DOMAIN = "sample.invalid"  # RFC 2606: such an address can never belong to anybody

_GIVEN = (  # noqa: SIM905 - a name a line would take pages
    "Adela Adrián Agnes Aisha Alba Alejandro Alice Amara Amir Ana Andrés Anika Anton Arjun Astrid "
    "Beatriz Ben Bianca Bruno Camila Carla Carlos Carmen Chen Chloe Clara Daniel Daniela Dario "
    "David Diego Dmitri Elena Elías Elif Emeka Emma Erik Esther Eva Farah Fatima Felix Fiona "
    "Gabriel Gloria Grace Hana Hassan Helen Hugo Ibrahim Ingrid Irene Iris Isaac Isabel Ivan "
    "Jakub James Javier Jin Joana João Jonas Jorge José Julia Kamal Karin Kofi Laila Lars Laura "
    "Leila Leo Lina Lucía Luis Luka Magda Malik Marco María Marta Mateo Maya Mei Miguel Mina "
    "Miriam Mohamed Nadia Naomi Nia Nicolás Nina Noah Nora Nuria Olga Oliver Omar Pablo Paula "
    "Pedro Petra Priya Rafael Raquel Ravi Rosa Ruth Samir Samuel Sara Sergio Silvia Simon Sofía "
    "Sven Tamar Tariq Teresa Tomás Uma Valeria Vera Victor Wei Yara Yusuf Zoe"
).split()
_FAMILY = (  # noqa: SIM905
    "Abbott Aguilar Ahmed Alonso Andersson Arias Baker Bauer Becker Benítez Berg Blanco Bianchi "
    "Brandt Cabrera Calvo Campos Castro Chandra Clarke Cohen Costa Cruz Dahl Delgado Díaz Diallo "
    "Domínguez Duarte Dubois Eriksen Farouk Fernández Ferrari Fischer Flores Fuentes Gallego "
    "García Gil Gómez González Gray Guerrero Gupta Haddad Hall Hansen Herrera Hoffmann Horvat "
    "Hughes Ibáñez Iglesias Ito Jensen Jiménez Kaya Keller Khan Kim Klein Kovács Kowalski Kumar "
    "Larsen Lee León López Lozano Mädler Marín Martínez Medina Mensah Molina Mora Moreno Moretti "
    "Müller Nakamura Navarro Nguyen Novak Núñez Okafor Olsen Ortega Ortiz Osei Park Pascual Patel "
    "Peña Pereira Pérez Petrov Price Ramírez Ramos Reyes Ricci Rivera Rojas Romero Rossi Rubio "
    "Ruiz Saito Salazar Santos Sato Schmidt Serrano Shah Silva Singh Soto Suárez Svensson Tanaka "
    "Torres Turner Vargas Vega Vidal Walker Wang Weber Wilson Wolf Wright Yıldız Zhang"
).split()


def draw_people(rng: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """``count`` pairs of name and e-mail address; every address differs."""
    given = rng.choice(_GIVEN, count)
    family = rng.choice(_FAMILY, count)
    return [
        (f"{first} {last}", f"{_ascii(first)}.{_ascii(last)}.{number:03d}@{DOMAIN}")
        for number, (first, last) in enumerate(zip(given, family, strict=True), 1)
    ]


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return plain.encode("ascii", "ignore").decode().lower()
