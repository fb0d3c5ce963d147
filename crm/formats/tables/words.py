"""The words of headers, folded, in the languages that LinkedIn, Outlook and address books write them in."""

from crm.domain.columns import ColumnField as F


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Whole headers. Sources: INTEROP.md 4, and the localised headers of Outlook's export.
_WHOLE: dict[F, str] = {
    F.NAME: "name|full name|display name|contact|contact name|person|vollstandiger name|anzeigename|nom complet|"
    "nom a afficher|nombre completo|nombre para mostrar|nome completo|nome visualizzato|volledige naam|weergavenaam|"
    "naam|imie i nazwisko|namn|navn|fullt navn|jmeno a prijmeni|nimi|nom et prenom|nombre y apellidos",
    F.GIVEN: "first name|connection first name|firstname|given name|given|forename|fname|vorname|prenom|nombre de pila|primer nombre|"
    "primeiro nome|nome proprio|voornaam|fornamn|fornavn|imie|jmeno|etunimi",
    F.MIDDLE: "middle name|middle|additional name|weitere vornamen|zweiter vorname|deuxieme prenom|segundo nombre|"
    "nome do meio|secondo nome|tweede voornaam|tussenvoegsel|mellannamn|mellomnavn",
    F.FAMILY: "last name|connection last name|lastname|surname|family name|family|lname|nachname|familienname|zuname|nom de famille|"
    "apellidos|apellido|primer apellido|sobrenome|ultimo nome|apelido|cognome|achternaam|efternamn|etternavn|efternavn|"
    "nazwisko|prijmeni|sukunimi",
    F.PREFIX: "prefix|name prefix|salutation|honorific|anrede|civilite|tratamiento|saudacao|aanhef|pronoms",
    F.SUFFIX: "suffix|name suffix|suffixe|sufijo|sufixo|suffisso|achtervoegsel|generation",
    F.NICKNAME: "nickname|nick name|spitzname|surnom|apodo|alias|soprannome|bijnaam|roepnaam",
    F.COMPANY: "company|organization|organisation|organization name|employer|company name|firm|account name|firma|"
    "unternehmen|arbeitgeber|societe|entreprise|employeur|empresa|organizacion|compania|companhia|organizacao|azienda|"
    "societa|ditta|impresa|bedrijf|organisatie|foretag|selskap|virksomhed|current company|spolecnost|yritys|"
    "nom de l entreprise|nome da empresa|nombre de la empresa|bedrijfsnaam",
    F.TITLE: "job title|position|role|occupation|organization title|headline|jobtitle|arbeitstitel|beruf|stelle|funktion|"
    "berufsbezeichnung|poste|fonction|profession|intitule du poste|puesto|cargo|puesto de trabajo|funcao|posizione|"
    "qualifica|mansione|ruolo|posizione lavorativa|functie|functietitel|positie|befattning|stilling|stanowisko|pozice",
    F.DEPARTMENT: "department|organization department|division|team|abteilung|service|departement|departamento|"
    "departament|reparto|ufficio|afdeling|avdelning|avdeling",
    F.LINKEDIN: "linkedin|linkedin url|linkedin profile|linkedin profile url|profile url|connection profile url|"
    "linkedin profil|profil linkedin|perfil de linkedin|profilo linkedin|public profile url",
    F.LINK: "website|web site|web page|webpage|homepage|url|site|web|blog|webseite|internetseite|page web|site web|"
    "sitio web|pagina web|pagina da web|sito web|website url|personal web page|business web page",
    F.MESSAGING: "im|im address|instant messaging|skype|aim|icq|jabber|whatsapp|telegram|signal|imaddress|screen name|messenger name|pseudo de messagerie",
    F.RELATED: "spouse|manager s name|assistant s name|partner|children|partner in|ehepartner|conjoint|conyuge",
    F.BIRTHDAY: "birthday|birth date|birthdate|date of birth|dob|bday|geburtstag|geburtsdatum|anniversaire|"
    "date de naissance|cumpleanos|fecha de nacimiento|aniversario|data de nascimento|compleanno|data di nascita|"
    "verjaardag|geboortedatum|fodelsedag|bursdag|fodselsdag",
    F.ANNIVERSARY: "anniversary|wedding anniversary|jahrestag|hochzeitstag|anniversaire de mariage|aniversario de bodas|"
    "anniversario|trouwdag|jubileum",
    F.MET_ON: "connected on|date connected|connection date|met on|verbunden am|vernetzt am|verbunden seit|kontakt seit|"
    "connexion le|connecte le|date de connexion|en relation depuis|en contact depuis|relation depuis|mis en relation le|"
    "conectado el|fecha de conexion|conectado en|contacto desde|conectado em|data de conexao|conexao em|conectado desde|"
    "conectado a|data da conexao|collegato il|collegato in data|data di collegamento|data collegamento|connesso il|"
    "verbonden op|connectie op|gekoppeld op|gelinkt op|verbonden sinds|datum van connectie|data del collegamento",
    F.TAGS: "tags|tag|labels|label|categories|category|groups|group|group membership|list|lists|kategorien|kategorie|"
    "gruppen|categories|categorie|groupes|libelles|categorias|categoria|etiquetas|grupos|marcadores|categorie|gruppi|"
    "etichette|categorieen|groepen|stichworter|schlagworter|keywords",
    F.NOTES: "notes|note|comments|comment|remarks|description|memo|bio|about|notizen|notiz|bemerkungen|bemerkung|"
    "kommentar|anmerkungen|remarques|commentaires|notas|nota|comentarios|observaciones|observacoes|anotacoes|"
    "annotazioni|commenti|notities|opmerkingen|anteckningar|notater|user notes",
}  # fmt: skip
WHOLE: dict[str, F] = {}
for _field, _said in _WHOLE.items():
    for _words in _said.split("|"):
        WHOLE.setdefault(_words, _field)

# A title is a form of address in one column of Outlook's table and a job in another.
EITHER_TITLE = frozenset({"title", "titre", "titel", "titulo", "titolo"})
# A full name where it stands alone, one half of it beside the other half.
EITHER_NAME = {
    "nom": (F.GIVEN, F.FAMILY), "name": (F.GIVEN, F.FAMILY), "naam": (F.GIVEN, F.FAMILY),
    "nombre": (F.FAMILY, F.GIVEN), "nome": (F.FAMILY, F.GIVEN),
}  # fmt: skip

# Thunderbird's columns of a birthday; alone, the German one of the day is a whole date.
BIRTH = {
    "birth year": "year", "birth month": "month", "birth day": "day",
    "geburtsjahr": "year", "geburtsmonat": "month", "geburtstag": "day",
    "annee de naissance": "year", "mois de naissance": "month", "jour de naissance": "day",
    "ano de nacimiento": "year", "mes de nacimiento": "month", "dia de nacimiento": "day",
}  # fmt: skip

WORK = _each(
    "business work office company professional professionnel professionnelle geschaftlich firma dienstlich buro bureau "
    "trabajo trabalho comercial ufficio lavoro zakelijk werk arbete arbeid societe empresa oficina"
)
HOME = _each(
    "home personal private privat domicile personnel personnelle particular domicilio residencial abitazione casa prive "
    "thuis hem privatnummer"
)
OTHER = _each(
    "other autre otro otra outro outra weitere weiterer weiteres weitere r altro altra anders andere"
)
MOBILE = _each(
    "mobile cell cellular mobil mobiltelefon handy portable movil celular telemovel cellulare mobiel gsm mobilnummer"
)
FAX = _each("fax telefax telecopie faxnummer")
PAGER = _each("pager beeper radiomensajero semafono")
PHONE = _each(
    "phone telephone tel telefon telefono telefone telefoon telefonnummer rufnummer fon phones telephones telefonos "
    "numero telefoonnummer autotelefon haupttelefon"
)
EMAIL = _each(
    "email mail emails mailadresse emailadresse courriel correo messagerie courrier correio posta emailaddress epost epostadresse"
)
# Not the address itself: how it is written or named, or whose it is.
NOT_VALUE = _each(
    "type typ tipo display displayname angezeigter name nom nombre nome assistant assistent asistente assistente yomi "
    "phonetic callback ruckmeldung rappel"
)
STREET = _each("street strasse rue calle via rua straat gata vei address1")
CITY = _each("city town locality ort stadt wohnort ville ciudad localidad cidade citta plaats stad by")
REGION = _each(
    "state province region county bundesland kanton departement dep etat provincia estado regione distrito staat"
)
POSTCODE = _each("zip zipcode postcode plz postleitzahl cap cep postal postale postnummer")
COUNTRY = _each("country land pays pais paese nation land/region")
PO_BOX = _each("pobox postfach apartado bp")
ADDRESS = _each("address adresse direccion endereco indirizzo adres anschrift domicilio adress")
# Links in such a column aren't a person's pages.
PICTURE = _each("photo picture image avatar foto bild imagen imagem immagine")
