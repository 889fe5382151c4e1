"""Twenty reports as a morning brings them: advertising, one incident told five times, one that is grave, the rest."""

from __future__ import annotations

GRAVE = ("Ransomware: de pompen liggen plat", "Alle bestanden zijn versleuteld en er ligt een briefje met losgeld.")
FIRST = ("Phishing namens de Wilgenbank", "Een mail met een link naar wilgenbank-inloggen.example op 203.0.113.77.")
AGAIN = ("Weer een mail van de Wilgenbank", "Zelfde link: wilgenbank-inloggen.example, adres 203.0.113.77.")
ADVERTISING = ("Reclame: win een reis", "Klik hier en win een reis naar de zon.")
EXERCISE = ("Oefening op de Kade", "Dit was een oefening van onze eigen afdeling.")
FRAUD = ("Oplichting bij verkoop", "Ik heb betaald voor een fiets en niets gekregen.")
UNSURE = ("Twijfel over een melding op het scherm", "Het scherm knipperde. Weet iemand wat dat is?")
TAKEN = ("Vraag voor een collega", "Belt u mij terug over het gesprek van gisteren?")
TWENTY = (
    *(FIRST, ADVERTISING, EXERCISE, AGAIN, ADVERTISING, FRAUD, AGAIN, UNSURE, ADVERTISING, EXERCISE),
    *(FRAUD, AGAIN, ADVERTISING, GRAVE, EXERCISE, TAKEN, ADVERTISING, AGAIN, FRAUD, ADVERTISING),
)
