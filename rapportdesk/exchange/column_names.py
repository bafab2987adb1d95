"""What practice systems call their columns, by the value of `rapportdesk.exchange.columns.Field`.

Compared without capitals, spaces and punctuation. A header that could mean two things ("ID", "Date" beside a birth
date, "Name" of whom) stands under what it means in a schedule, and a person can say otherwise. A header that may be the
doctor's or the patient's ("DOB" never is, "Code" is) stands nowhere.
"""

NAMES: dict[str, str] = {
    "Patient.identifier": """
        patient id, patientid, patient number, patient no, patient nr, patient ref, patient reference, mrn,
        medical record number, chart number, chart no, chart id, hospital number, emis number, practice
        number, account number, client id, client number, file number, id, number, patientennummer,
        patientennr, pat nr, patientnummer, numéro patient, id patient, numero paciente, historia clinica,
        rhif claf
    """,
    "Patient.identifier.nhs": """
        nhs number, nhs no, nhsnumber, nhs, rhif gig
    """,
    "Patient.name": """
        name, patient, patient name, patientname, full name, fullname, client, client name, client full name,
        patient full name, nom complet, nom du patient, nombre completo, nombre del paciente, paciente, enw,
        enw llawn
    """,
    "Patient.name.given": """
        first name, firstname, forename, forenames, first names, given name, given names, givenname, patient
        first name, patient forename, vorname, prénom, voornaam, nombre, enw cyntaf
    """,
    "Patient.name.family": """
        last name, lastname, surname, family name, familyname, patient last name, patient surname, nachname,
        familienname, nom, nom de famille, achternaam, apellido, apellidos, cyfenw
    """,
    "Patient.name.nickname": """
        preferred name, known as, likes to be called, goes by, nickname, preferred first name, rufname,
        roepnaam
    """,
    "Patient.birthDate": """
        dob, d o b, date of birth, dateofbirth, birth date, birthdate, birthday, patient dob, patient date of
        birth, born, geburtsdatum, geb datum, geb, date de naissance, geboortedatum, fecha de nacimiento,
        fecha nacimiento, dyddiad geni
    """,
    "Patient.telecom.phone": """
        phone, phone number, telephone, telephone number, tel, tel no, mobile, mobile phone, mobile number,
        mobile telephone, mobile no, cell, cell phone, home phone, home telephone, work phone, contact number,
        telefon, handy, téléphone, portable, telefoon, teléfono, móvil, ffôn, symudol
    """,
    "Patient.telecom.email": """
        email, e mail, email address, e mail address, courriel, correo electrónico, ebost
    """,
    "Patient.address": """
        address, address 1, address 2, address 3, address line 1, address line 2, address line 3, street,
        house, town, city, county, postcode, post code, zip, zip code, postal code, adresse, strasse, straße,
        plz, ort, adres, dirección, cyfeiriad
    """,
    "Patient.communication": """
        language, preferred language, main language, main spoken language, first language, spoken language,
        sprache, langue, taal, idioma, iaith
    """,
    "Appointment.identifier": """
        appointment id, appointmentid, appointment number, appointment no, appointment ref, appt id, appt no,
        slot id, booking id, booking reference, booking ref, terminnummer, termin id
    """,
    "Appointment.start": """
        start, appointment, appointment start, start date time, start datetime, start date and time,
        appointment date time, appointment datetime, appointment date and time, appt date time, date time,
        datetime, date and time, when, slot start, session start, termin, rendez vous, afspraak, cita, fecha y
        hora, apwyntiad
    """,
    "Appointment.start.date": """
        date, appointment date, appt date, day, start date, date of appointment, session date, slot date,
        visit date, datum, jour, fecha, dyddiad, dyddiad apwyntiad
    """,
    "Appointment.start.time": """
        time, appointment time, appt time, start time, time of appointment, slot time, uhrzeit, beginn, heure,
        tijd, hora, amser
    """,
    "Appointment.end": """
        end, end time, appointment end, finish, finish time, end date time, end datetime, until, to, ende,
        fin, einde
    """,
    "Appointment.minutesDuration": """
        duration, duration mins, duration min, duration minutes, length, length mins, minutes, mins, slot
        length, appointment length, dauer, durée, duur, duración, hyd
    """,
    "Appointment.status": """
        status, appointment status, appt status, slot status, state, statut, estado, statws
    """,
    "Appointment.participant.practitioner": """
        practitioner, clinician, doctor, dr, gp, provider, provider name, session holder, seen by, with,
        staff, therapist, dentist, consultant, appointment with, arzt, behandler, médecin, praticien, arts,
        médico, meddyg
    """,
    "Appointment.participant.location": """
        location, room, site, clinic, surgery, branch, place, raum, zimmer, lieu, salle, locatie, sala,
        lleoliad
    """,
    "Appointment.reasonCode": """
        reason, appointment reason, reason for appointment, reason for visit, appointment type, appt type,
        slot type, type, visit type, service, grund, anlass, motif, reden, motivo, rheswm
    """,
}
"""Separated by commas."""
