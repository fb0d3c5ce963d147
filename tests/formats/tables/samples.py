"""Tables as programs write them, of invented people; each is a small faithful file."""

CONNECTIONS = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ana,"Silva, PMP, MBA",https://www.linkedin.com/in/Ana-Silva-1,,"Orbital, Inc.","Head of Data, Platforms",02 Jan 2023
Bo,Yi,https://www.linkedin.com/in/b%C3%B6-yi,bo@example.org,Granit & Söhne,Engineer,15 Aug 2019
,,,,,,05 Feb 2022
Cy,O’Neil,https://www.linkedin.com/in/cyoneil,,,,4-Apr-21"""

CONNECTIONS_2019 = """\
First Name,Last Name,Email Address,Company,Position,Connected On
Dee,Marsh,dee@example.org,Northwind,Analyst,11 Mar 2019
"""

# The header's words per language; the rest is as in English.
CONNECTION_HEADERS = {
    "de": "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
    "fr": "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connexion le",
    "es": "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el",
    "pt": "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
    "it": "Nome,Cognome,URL,Indirizzo email,Azienda,Posizione,Collegato il",
    "nl": "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
    "nn": "Fornavn,Etternavn,URL,E-postadresse,Selskap,Stilling,Tilknyttet dato",
}  # fmt: skip

_ME = "https://www.linkedin.com/in/me-myself"
_ANA = "https://www.linkedin.com/in/ana-silva-1"
_BO = "https://www.linkedin.com/in/b%C3%B6-yi"
MESSAGES = f"""\
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT
"c1","","Me Myself","{_ME}","Ana Silva","{_ANA}","2025-06-01 14:03:22 UTC","","Shall we
meet?","INBOX","","No"
"c1","","Ana Silva","{_ANA}","Me Myself","{_ME}","2025-06-01 16:10:00 UTC","","Yes, gladly","INBOX","","No"
"c1","","Me Myself","{_ME}","Ana Silva","{_ANA}","2025-06-03 08:00:00 UTC","","Thank you","INBOX","","No"
"c1","","Me Myself","{_ME}","Ana Silva","{_ANA}","2025-06-04 08:00:00 UTC","","Never sent","INBOX","","Yes"
"c2","","Bo Yi","{_BO}","Me Myself, Ana Silva","{_ME},{_ANA}","2025-06-05 09:00:00 UTC","","All of us","INBOX","","No"
"c3","","Nice Offer","","Me Myself","{_ME}","2025-06-06 09:00:00 UTC","Offer","<p class=""spinmail-quill"">Buy</p>","INBOX","","No"
"c4","","Bo Yi","{_BO}","Me Myself","{_ME}","2025-06-07 09:00:00 UTC","","Win money","SPAM","","No"
"c5","","Bo Yi","{_BO}","Me Myself","{_ME}","2024-02-07 23:30:00 UTC","","Hello there","INBOX","","No"
"""

MESSAGES_2019 = """\
FROM,TO,DATE,SUBJECT,CONTENT,DIRECTION,FOLDER
Dee Marsh,Me Myself,2019-05-01 10:00:00 UTC,,Hi,INCOMING,INBOX
Me Myself,Dee Marsh,2019-05-02 10:00:00 UTC,,Hi back,OUTGOING,INBOX
"""

INVITATIONS = f"""\
From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl
Me Myself,Ana Silva,"1/29/23, 2:37 PM","We met in Porto",OUTGOING,{_ME},{_ANA}
Bo Yi,Me Myself,"8/14/19, 9:05 AM",,INCOMING,{_BO},{_ME}
"""

LINKEDIN_NOTES = f"""\
Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On
Ana,Silva,{_ANA},Likes sailing,2026-01-02,2026-01-02
"""

PROFILE = """\
First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry
Me,Myself,,,,Somebody,About me,Software
"""

GOOGLE_OLD = """\
Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Notes,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Organization 1 - Department,Organization 2 - Name,Organization 2 - Title,Website 1 - Type,Website 1 - Value,Custom Field 1 - Type,Custom Field 1 - Value,Event 1 - Type,Event 1 - Value
Eva Rossi,Eva,,Rossi,, --02-29,"First line
Second line",* myContacts ::: Friends ::: Porto 2024,* Home,eva@example.org ::: e.rossi@example.org,Work,eva@orbital.example,Mobile,+351 912 345 678 ::: +351 912 345 679,Home,"Rua A 1
Lisboa",Rua A 1,Lisboa,1000-001,Portugal,,Orbital,CTO,Research,Club,Member,LinkedIn,https://www.linkedin.com/in/eva-rossi,Shoe size,39,Anniversary,2010-05-06
,,,,,,,,,,,,Work,+49 30 1234567,,,,,,,,Shop Ltd,,,,,,,,,,
"""

GOOGLE_NEW = """\
First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value
Finn,J,Berg,,,,Dr.,,Finnie,,Granit,Engineer,Tunnels,1980-07-09,,https://example.org/p.jpg,* myContacts ::: Rock,* Work,finn@granit.example,Mobile,+47 912 34 567,,,,,Blog,https://finn.example,Fact,Climbs
"""

OUTLOOK_NEW = """\
First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,Anniversary,Notes
Gil,,Torres,Mr.,,,,,gil@example.org,,,,,+34 91 123 45 67,,+34 612 345 678,,,,,,,,,,,,,,Buyer,Sales,Almacen,,,,,,Calle Mayor 1,Madrid,,28013,Spain,Calle Menor 2,Toledo,,,Spain,,,,,,,,,,,https://gil.example,12/31/1975,,Met at fair
"""

OUTLOOK_DE = """\
"Anrede","Vorname","Weitere Vornamen","Nachname","Suffix","Firma","Abteilung","Position","Straße geschäftlich","Straße geschäftlich 2","Straße geschäftlich 3","Ort geschäftlich","Region geschäftlich","Postleitzahl geschäftlich","Land/Region geschäftlich","Straße privat","Straße privat 2","Straße privat 3","Ort privat","Bundesland/Kanton privat","Postleitzahl privat","Land/Region privat","Weitere Straße","Weitere Straße 2","Weitere Straße 3","Weiterer Ort","Weiteres/r Bundesland/Kanton","Weitere Postleitzahl","Weiteres/e Land/Region","Telefon Assistent","Fax geschäftlich","Telefon geschäftlich","Telefon geschäftlich 2","Rückmeldung","Autotelefon","Telefon Firma","Fax privat","Telefon privat","Telefon privat 2","ISDN","Mobiltelefon","E-Mail-Adresse","E-Mail-Typ","E-Mail: Angezeigter Name","Geburtstag","Kategorien","Notizen","Webseite"
"Frau","Jördis","","Müßig","","Käserei Süd","Einkauf","Geschäftsführerin","Hauptstraße 1","Hof 2","","Köln","","50667","Deutschland","Feldweg 3","","","Bonn","","53111","Deutschland","","","","","","","","","+49 221 999","+49 221 123456","","","","","","","","","+49 171 1234567","joerdis@example.org","SMTP","Jördis Müßig","3.5.1977","Kunden;Köln","Zeile eins
Zeile zwei","https://kaeserei.example"
"""

OUTLOOK_FR = """\
"Titre","Prénom","Deuxième prénom","Nom","Suffixe","Société","Service","Titre","Rue (bureau)","Ville (bureau)","Code postal (bureau)","Pays/Région (bureau)","Rue (domicile)","Ville (domicile)","Télécopie (bureau)","Téléphone (bureau)","Tél. mobile","Adresse de messagerie","Type de messagerie","Nom complet de l'adresse de messagerie","Anniversaire","Catégories","Notes","Page Web"
"Mme","Hélène","","Lefèvre","","Atelier Noël","Études","Ingénieure","1 rue du Château","Besançon","25000","France","","","","+33 3 81 00 00 00","+33 6 12 34 56 78","helene@example.org","SMTP","Hélène Lefèvre (helene@example.org)","12/05/1981","Amis","À rappeler",""
"""

OUTLOOK_ES = """\
"Tratamiento","Nombre","Segundo nombre","Apellidos","Sufijo","Organización","Departamento","Puesto","Calle del trabajo","Ciudad de trabajo","Código postal del trabajo","País o región del trabajo","Teléfono del trabajo","Teléfono móvil","Dirección de correo electrónico","Cumpleaños","Categorías","Notas"
"Sra.","Íñiga","","Muñoz Peña","","Panadería Ñ","Compras","Jefa","Calle Mayor 5","Málaga","29001","España","+34 952 00 00 00","+34 600 00 00 00","iniga@example.org","5/12/1979","Clientes","Nota"
"""

THUNDERBIRD = """\
First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes,
Signe,Larsen,Signe Larsen,Sig,signe@fjord.example,signe.larsen@post.example,siglar,+47 22 00 01 23,,+47 22 00 01 99,,+47 900 12 345,Fjellveien 3,,Bergen,,5019,Norge,Kaigata 5,2. etg.,Bergen,Vestland,5003,Norge,Driftssjef,Nett,Fjord Energi,https://fjord.example,,1979,2,4,Kaffe uten melk,,,Nøkkelkort 17,"Første linje
Andre linje",
Odd,Vik,Odd Vik,,odd@vik.example,,,,,,,,,,,,,,,,,,,,,,,,,,12,31,,,,,,
"""

THUNDERBIRD_DE = """\
Vorname,Nachname,Anzeigename,Spitzname,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Messenger-Name,Tel. dienstlich,Tel. privat,Fax-Nummer,Pager-Nummer,Mobil-Tel.-Nr.,Privat: Adresse,Privat: Adresse 2,Privat: Ort,Privat: Bundesland,Privat: PLZ,Privat: Land,Dienstlich: Adresse,Dienstlich: Adresse 2,Dienstlich: Ort,Dienstlich: Bundesland,Dienstlich: PLZ,Dienstlich: Land,Arbeitstitel,Abteilung,Organisation,Webseite 1,Webseite 2,Geburtsjahr,Geburtsmonat,Geburtstag,Benutzerdef. 1,Benutzerdef. 2,Benutzerdef. 3,Benutzerdef. 4,Notizen,
Uwe,Brandt,Uwe Brandt,,uwe@brandt.example,,,+49 40 123456,,,,+49 170 5550111,,,,,,,Kai 1,,Hamburg,,20457,Deutschland,Meister,Werft,Brandt & Co,,,1965,11,30,,,,,Angelt,
"""

OTHER = """\
who;mail;cell no;employer;what they do;seen
Ada Lovelace;ada@example.org;+44 20 7946 0958;Analytical;Mathematician;2024
"Babbage, Charles";charles@example.org;+44 20 7946 0959;Analytical;Inventor;2023
"""

TABBED = "Full Name\tEmail\tTags\nKai Holm\tkai@example.org, k@example.org\tfriends, rowing\n"

SAMPLES: dict[str, bytes] = {
    "connections": CONNECTIONS.encode(),
    "messages": MESSAGES.encode(),
    "invitations": INVITATIONS.encode(),
    "google": GOOGLE_OLD.encode(),
    "google-new": GOOGLE_NEW.encode("utf-16"),
    "outlook": OUTLOOK_DE.encode("cp1252"),
    "outlook-new": OUTLOOK_NEW.encode("utf-8-sig"),
    "thunderbird": THUNDERBIRD.encode(),
    "thunderbird-de": THUNDERBIRD_DE.encode("cp1252"),
    "other": OTHER.encode(),
}
